/**
 * Token bucket using the generic cell rate algorithm, with a share of the rate that drops and
 * recovers: in any period of t seconds, at most `burst + t × ratePerSecond` slots start. Pure:
 * takes a bucket and returns the next one. Times are in milliseconds since 1970, with fractions.
 */
export interface Bucket {
	/** When a whole burst fits again ("theoretical arrival time"). */
	fullAt: number;
	pausedUntil: number;
	/** Share of the requested rate at the time `shareAt`; rises linearly by 1 in `recoverMs`. */
	share: number;
	shareAt: number;
	recoverMs: number;
	/** Until then, further slow-downs count as answers to the same flood. */
	quietUntil: number;
	/** The latest time the bucket has seen. */
	clock: number;
}

export interface SlotRequest {
	/** Above 0; 1/6 is one slot every 6 s. */
	ratePerSecond: number;
	/** How many may start at once after a rest; at least 1. */
	burst: number;
	/** How many are requested; 1 to 1,000. */
	count: number;
	/** Slots that would start later than this from now are not granted. */
	horizonMs: number;
}

export interface SlotGrant {
	/** When each granted slot may start, ascending; empty if none is free within the horizon. */
	startAt: number[];
	/** When the first slot not granted starts: ask again `horizonMs` before it. */
	nextAt: number;
	/** The applied rate; lower than requested after `slowDown`. */
	ratePerSecond: number;
}

/** How the rate drops after a refusal for too many requests, and how it recovers. */
export interface SlowDownPolicy {
	/** The rate is multiplied by this: above 0 and at most 1. 1 leaves the rate (for a pause only). */
	factor: number;
	/** The rate never drops below this share of the requested one. */
	minFactor: number;
	/** Time in which the rate rises linearly from 0 to the full rate. */
	recoverMs: number;
	/** Further refusals within this time change nothing: they count as answers to the same flood. */
	quietMs: number;
}

export interface SlowDown extends SlowDownPolicy {
	/** No slot starts before now + this, except those already granted. */
	pauseMs: number;
}

/** How far the clocks of hosts sharing a bucket may differ. */
const sharedClockToleranceMs = 1_000;

export const freshBucket: Bucket = {
	fullAt: 0,
	pausedUntil: 0,
	share: 1,
	shareAt: 0,
	recoverMs: 1,
	quietUntil: 0,
	clock: 0,
};

/**
 * Reserves what fits before the horizon.
 *
 * @param clockToleranceMs a time that is behind by no more than this counts as another host's; 0
 *   for a bucket used by one process
 */
export function reserveSlots(
	before: Bucket,
	request: SlotRequest,
	now: number,
	clockToleranceMs = sharedClockToleranceMs,
): { bucket: Bucket; grant: SlotGrant } {
	const bucket = seenAt(before, now, clockToleranceMs);
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

/** Pauses, and lowers the rate unless it was lowered a moment ago. */
export function slowDown(
	before: Bucket,
	{ pauseMs, factor, minFactor, recoverMs, quietMs }: SlowDown,
	now: number,
	clockToleranceMs = sharedClockToleranceMs,
): Bucket {
	const bucket = seenAt(before, now, clockToleranceMs);
	const pausedUntil = Math.max(bucket.pausedUntil, now + pauseMs);
	if (now < bucket.quietUntil || factor >= 1) return { ...bucket, pausedUntil };
	return {
		...bucket,
		pausedUntil,
		share: Math.max(shareOf(bucket, now) * factor, minFactor),
		shareAt: now,
		recoverMs,
		quietUntil: now + quietMs,
	};
}

/** Share of the requested rate at a given time. */
export function shareOf({ share, shareAt, recoverMs }: Bucket, now: number): number {
	return Math.min(share + Math.max(now - shareAt, 0) / recoverMs, 1);
}

/** Moves the bucket with a clock that was set back, which would otherwise block it until the old time. */
function seenAt(bucket: Bucket, now: number, clockToleranceMs: number): Bucket {
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
