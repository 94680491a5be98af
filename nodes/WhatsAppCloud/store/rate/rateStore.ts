import type { SlotGrant, SlotRequest, SlowDown } from '../../concurrency/tokenBucket';

/** Slots of a token bucket that all processes share. */
export interface RateRequest extends SlotRequest {
	/** Such as `number:<phoneNumberId>` or `pair:<phoneNumberId>:<recipient>`. */
	bucketKey: string;
}

/** Meta refused for too many requests. */
export interface RateSlowDown extends SlowDown {
	bucketKey: string;
}

export interface RateStore {
	/**
	 * Reserves slots. Slots that are granted but not used are lost. If the clock is set back, the
	 * bucket moves with it; if it is set forward, a burst and the slots granted up to the horizon can
	 * go out in addition to those of the new time.
	 */
	reserve(requests: readonly RateRequest[], now: number): Promise<SlotGrant[]>;

	/** @returns the share of the requested rate that now applies, per entry. */
	slowDown(entries: readonly RateSlowDown[], now: number): Promise<number[]>;
}
