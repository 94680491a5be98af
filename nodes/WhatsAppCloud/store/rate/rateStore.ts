/**
 * A request for slots in a bucket that all processes share. The bucket follows the generic cell rate
 * algorithm: in any stretch of t seconds at most `burst + t × ratePerSecond` slots start.
 */
export interface RateRequest {
	/** Such as `number:<phoneNumberId>` or `pair:<phoneNumberId>:<recipient>`. */
	bucketKey: string;
	/** Above 0; 1/6 is one slot in 6 s. */
	ratePerSecond: number;
	/** How many may start at the same moment after a rest; at least 1. */
	burst: number;
	/** How many are wanted; 1 to 1,000. */
	count: number;
	/** Slots that would start later than this from now are not granted. */
	horizonMs: number;
}

export interface RateGrant {
	/** When each granted slot may start, ascending; empty where none is free within the horizon. */
	startAt: number[];
	/** When the next slot starts that was not granted: ask again `horizonMs` before it. */
	nextAt: number;
	/** The rate that was applied, lower than the wanted one after `slowDown`. */
	ratePerSecond: number;
}

/** Meta refused for too many requests. */
export interface SlowDown {
	bucketKey: string;
	/** The rate is multiplied by this, above 0 and at most 1; 1 leaves it (for a pause alone). */
	factor: number;
	/** It never falls below this share of the wanted rate. */
	minFactor: number;
	/** Time in which the rate climbs from 0 to the whole again, evenly. */
	recoverMs: number;
	/** Further calls within this time after a slow-down change nothing: they are answers to the same flood. */
	quietMs: number;
	/** No slot starts before now + this, except those that were granted already. */
	pauseMs: number;
}

export interface RateStore {
	/**
	 * Reserves slots. What is granted and not used is lost, not given back. When the clock jumps back,
	 * the bucket moves with it; forward, a burst and what had been granted up to the horizon can go
	 * out beside what is granted anew.
	 */
	reserve(requests: readonly RateRequest[], now: number): Promise<RateGrant[]>;

	/** @returns the share of the wanted rate that holds now, per entry. */
	slowDown(entries: readonly SlowDown[], now: number): Promise<number[]>;
}
