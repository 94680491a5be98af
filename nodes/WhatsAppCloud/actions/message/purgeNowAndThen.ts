import type { Store } from '../../state/store';
import { systemClock } from './systemClock';

const purgeIntervalMs = 3_600_000;
const lastPurge = new WeakMap<Store, number>();

/** Old state goes once an hour, after a run, so that no run waits for it. */
export async function purgeNowAndThen(
	store: Store,
	retentionDays: number,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const now = systemClock.now();
	if (now - (lastPurge.get(store) ?? 0) < purgeIntervalMs) return;
	lastPurge.set(store, now);
	const kept = retentionDays * 86_400_000;
	await store.purge(now, { operationsMs: kept, statusesMs: kept }).catch((error: unknown) => {
		warn('Old state could not be deleted', error);
	});
}
