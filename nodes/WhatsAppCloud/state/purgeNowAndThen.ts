import type { Store } from './store';

const purgeIntervalMs = 3_600_000;
const lastPurge = new WeakMap<Store, number>();

/** A machine's clock is corrected by less than this while it keeps going. */
const correctionMs = 60_000;

const loaded = { clockMs: Date.now(), runningMs: performance.now() };

/** Whether this process has seen the clock keep going for an hour, as fast as time itself. */
function isClockSteady(now: number): boolean {
	const ranMs = performance.now() - loaded.runningMs;
	return ranMs >= purgeIntervalMs && Math.abs(now - loaded.clockMs - ranMs) < correctionMs;
}

/**
 * Old state goes once an hour, wherever something happens. Nobody has to wait for it: it never
 * throws, and takes small lots.
 *
 * @param retentionDays Of operations and statuses; the rest has its own times.
 */
export async function purgeNowAndThen(
	store: Store,
	retentionDays: number,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const now = Date.now();
	if (now - (lastPurge.get(store) ?? 0) < purgeIntervalMs) return;
	lastPurge.set(store, now);
	const kept = retentionDays * 86_400_000;
	await store
		.purge(now, { operationsMs: kept, statusesMs: kept }, isClockSteady(now))
		.catch((error: unknown) => {
			warn('Old state could not be deleted', error);
		});
}
