import type { SlotGrant, SlotRequest, SlowDown } from '../../concurrency/tokenBucket';

/** Slots from a token bucket shared by all processes. */
export interface RateRequest extends SlotRequest {
	/** For example `number:<phoneNumberId>` or `pair:<phoneNumberId>:<recipient>`. */
	bucketKey: string;
}

/** Meta refused too many requests. */
export interface RateSlowDown extends SlowDown {
	bucketKey: string;
}

export interface RateStore {
	/**
	 * Reserves slots. Slots granted but not used are lost. If the clock is set back, the bucket moves
	 * with it. If it is set forward, a burst and the slots granted up to the horizon can go out on
	 * top of those of the new time.
	 */
	reserve(requests: readonly RateRequest[], now: number): Promise<SlotGrant[]>;

	/** @returns the share of the requested rate that now applies, per entry. */
	slowDown(entries: readonly RateSlowDown[], now: number): Promise<number[]>;
}
