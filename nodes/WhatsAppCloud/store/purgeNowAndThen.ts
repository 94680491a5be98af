import { steadySince } from '../time/system/systemClock';
import { probationMs } from './purgeClock';
import type { Store } from './store';
import { dayMs, hourMs } from '../time/durations';
import { hasPassed } from '../time/passed';

const purgeIntervalMs = hourMs;
/** When this process last purged, by account. */
const lastPurge = new WeakMap<Store, Map<string, number>>();

/**
 * Purges an account's old state at most once an hour, wherever the account is used. No need to
 * await it: it never throws, and deletes in small batches.
 *
 * @param retentionDays for this account's operations and statuses; the rest has its own retention
 */
export async function purgeNowAndThen(
	store: Store,
	accountKey: string,
	retentionDays: number,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const now = Date.now();
	const purges = lastPurge.get(store) ?? new Map<string, number>();
	if (!hasPassed(purges.get(accountKey) ?? 0, purgeIntervalMs, now)) return;
	lastPurge.set(store, purges.set(accountKey, now));
	const isClockSteady = now - steadySince(now) >= probationMs;
	const kept = retentionDays * dayMs;
	await store
		.purge(accountKey, now, { operationsMs: kept, statusesMs: kept }, isClockSteady)
		.catch((error: unknown) => {
			warn('Old state could not be deleted', error);
		});
}
