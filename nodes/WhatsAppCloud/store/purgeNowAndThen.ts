import { steadySince } from '../time/system/systemClock';
import { probationMs } from './purgeClock';
import type { PurgeResult, Store } from './store';
import { expiredCounter } from './triggers/counterStore';
import { dayMs, hourMs } from '../time/durations';
import { hasPassed } from '../time/passed';

const purgeIntervalMs = hourMs;
/** When this process last purged, by account. */
const lastPurge = new WeakMap<Store, Map<string, number>>();

/**
 * Purges an account's old state at most once an hour, wherever the account is used. No need to
 * await it: it never throws, and deletes in small batches.
 *
 * @param days of the account: how long to keep operations and statuses, and texts; the rest has its
 *   own retention
 */
export async function purgeNowAndThen(
	store: Store,
	accountKey: string,
	days: { retentionDays: number; textRetentionDays: number },
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const now = Date.now();
	const purges = lastPurge.get(store) ?? new Map<string, number>();
	if (!hasPassed(purges.get(accountKey) ?? 0, purgeIntervalMs, now)) return;
	lastPurge.set(store, purges.set(accountKey, now));
	const isClockSteady = now - steadySince(now) >= probationMs;
	const kept = days.retentionDays * dayMs;
	const textsMs = days.textRetentionDays * dayMs;
	try {
		const retention = { operationsMs: kept, statusesMs: kept, textsMs };
		const { expired } = await store.purge(accountKey, now, retention, isClockSteady);
		if (expired.length > 0) await tellExpired(store, expired, now, warn);
	} catch (error) {
		warn('Old state could not be deleted', error);
	}
}

/** Logs and counts what was dropped because no execution had fetched it. */
async function tellExpired(
	store: Store,
	expired: PurgeResult['expired'],
	now: number,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const sum = expired.reduce((total, { events }) => total + events, 0);
	warn(
		`Events that waited for a week were dropped (${sum})`,
		`nothing started executions for ${expired.map(({ listenerId }) => listenerId).join(', ')}`,
	);
	const listeners = await store.listeners.find(expired.map(({ listenerId }) => listenerId));
	const entries = listeners.flatMap(({ listenerId, accountKey }) => {
		const { events: by = 0 } = expired.find((each) => each.listenerId === listenerId) ?? {};
		return [{ accountKey, name: `${expiredCounter}${listenerId}`, by, detail: null }];
	});
	await store.counters.increment(entries, now);
}
