import { createPacer, type Pacer } from './pacing/pacer';
import { createLocalSlots } from './pacing/slots';
import { createStoreSlots } from './pacing/storeSlots';
import type { Store } from '../store/store';
import { systemClock } from '../time/system/systemClock';

/**
 * Pacers by store and account, shared by all executions in this process. Accounts without a store
 * share one.
 */
const storePacers = new WeakMap<Store, Map<string, Pacer>>();
const localPacer = createPacer(createLocalSlots(), systemClock);

/** @param store null if there is none, or the message goes without it */
export function pacerOf(store: Store | null, accountKey: string): Pacer {
	if (store === null) return localPacer;
	const ofStore = storePacers.get(store) ?? new Map<string, Pacer>();
	storePacers.set(store, ofStore);
	const pacer =
		ofStore.get(accountKey) ?? createPacer(createStoreSlots(store, accountKey), systemClock);
	ofStore.set(accountKey, pacer);
	return pacer;
}
