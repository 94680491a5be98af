import type { RateGrant, RateRequest, SlowDown } from './rateStore';

/**
 * The generic cell rate algorithm with a share of the rate that drops and recovers. Pure: takes a
 * bucket and gives the next one. Times in milliseconds since 1970, with fractions.
 */
export interface Bucket {
	/** When the bucket has room for a whole burst again ("theoretical arrival time"). */
	fullAt: number;
	pausedUntil: number;
	/** Share of the wanted rate at the time `shareAt`; climbs evenly, by 1 in `recoverMs`. */
	share: number;
	shareAt: number;
	recoverMs: number;
	/** Until then a further slow-down is an answer to the same flood. */
	quietUntil: number;
	/** The latest time that the bucket has seen. */
	clock: number;
}

/** How far the clocks of hosts that share a bucket may differ, or one clock may be set back unnoticed. */
const clockToleranceMs = 1_000;

export const freshBucket: Bucket = {
	fullAt: 0,
	pausedUntil: 0,
	share: 1,
	shareAt: 0,
	recoverMs: 1,
	quietUntil: 0,
	clock: 0,
};

/** Reserves what fits before the horizon. */
export function reserveSlots(
	before: Bucket,
	request: RateRequest,
	now: number,
): { bucket: Bucket; grant: RateGrant } {
	const bucket = seenAt(before, now);
	const ratePerSecond = request.ratePerSecond * shareOf(bucket, now);
	const spacingMs = 1_000 / ratePerSecond;
	const burstMs = (Math.floor(request.burst) - 1) * spacingMs;
	const earliest = Math.max(now, bucket.pausedUntil);

	let fullAt = Math.max(bucket.fullAt, earliest);
	const nextStart = (): number => Math.max(earliest, fullAt - burstMs);
	const startAt: number[] = [];
	while (startAt.length < request.count && nextStart() <= now + request.horizonMs) {
		startAt.push(nextStart());
		fullAt += spacingMs;
	}
	return {
		bucket: startAt.length === 0 ? bucket : { ...bucket, fullAt },
		grant: { startAt, nextAt: nextStart(), ratePerSecond },
	};
}

/** Lowers the rate, unless it was lowered a moment ago, and pauses. */
export function slowDown(before: Bucket, entry: SlowDown, now: number): Bucket {
	const bucket = seenAt(before, now);
	const pausedUntil = Math.max(bucket.pausedUntil, now + entry.pauseMs);
	if (now < bucket.quietUntil || entry.factor >= 1) return { ...bucket, pausedUntil };
	return {
		...bucket,
		pausedUntil,
		share: Math.max(shareOf(bucket, now) * entry.factor, entry.minFactor),
		shareAt: now,
		recoverMs: entry.recoverMs,
		quietUntil: now + entry.quietMs,
	};
}

/** Share of the wanted rate that holds at a time. */
export function shareOf({ share, shareAt, recoverMs }: Bucket, now: number): number {
	return Math.min(share + Math.max(now - shareAt, 0) / recoverMs, 1);
}

/** Moves the bucket along with a clock that was set back: it would stay full until the old time. */
function seenAt(bucket: Bucket, now: number): Bucket {
	const backMs = bucket.clock - now;
	if (backMs <= clockToleranceMs) return { ...bucket, clock: Math.max(bucket.clock, now) };
	return {
		...bucket,
		fullAt: bucket.fullAt - backMs,
		pausedUntil: bucket.pausedUntil - backMs,
		shareAt: bucket.shareAt - backMs,
		quietUntil: bucket.quietUntil - backMs,
		clock: now,
	};
}
