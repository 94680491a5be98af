import type { Account } from '../../graph/account';
import type { Store } from '../../store/store';
import { minuteMs } from '../../time/durations';
import { ShortMemory } from '../../time/shortMemory';
import { systemClock as clock } from '../../time/system/systemClock';
import { hearsNumber } from '../../trigger/listeners/hearsNumber';
import { listenerGroup } from '../../trigger/listeners/listenerIds';
import { readListeners, type KnownListener } from '../../trigger/listeners/knownListeners';

/**
 * Finds since when the triggers of an account's app have recorded what a number gets. Without the
 * app secret, nobody can tell which triggers these are.
 *
 * @returns in milliseconds since 1970; null if no published trigger does, or nobody can tell
 */
export function createListening(
	account: Pick<Account, 'appSecret' | 'businessAccountId'>,
): (store: Store, phoneNumberId: string) => Promise<number | null> {
	const listeners = new ShortMemory<KnownListener[]>({
		keptMs: minuteMs,
		maxEntries: 1,
		now: () => clock.now(),
	});
	return async (store, phoneNumberId) => {
		if (account.appSecret === '') return null;
		const load = async (): Promise<KnownListener[]> =>
			readListeners(await store.listeners.list(listenerGroup(account.appSecret), clock.now()));
		const { businessAccountId } = account;
		const hearing = (await listeners.read('all', load)).filter((listener) =>
			hearsNumber(listener, { phoneNumberId, businessAccountId }),
		);
		const since = hearing.map(({ registeredAt }) => registeredAt);
		return since.length === 0 ? null : Math.min(...since);
	};
}
