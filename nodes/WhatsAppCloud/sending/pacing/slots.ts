import {
	freshBucket,
	reserveSlots,
	slowDown,
	type Bucket,
	type SlowDownPolicy,
} from '../../concurrency/tokenBucket';
import { minuteMs } from '../../time/durations';

/**
 * Meta's default throughput for a number. https://developers.facebook.com/docs/whatsapp/throughput
 */
export const defaultMessagesPerSecond = 80;

/** Leases the moments at which a number's messages may go. */
export interface SlotSource {
	/**
	 * @param count how many are wanted
	 * @param horizonMs grants no slot that starts later than this from now
	 * @returns when each granted slot starts, ascending, and when the first slot not granted starts
	 */
	reserve(request: {
		phoneNumberId: string;
		messagesPerSecond: number;
		count: number;
		horizonMs: number;
		now: number;
	}): Promise<{ startAt: number[]; nextAt: number }>;
	/** Meta refused too many requests: slows down from now on; the rate recovers by itself. */
	slowDown(phoneNumberId: string, pauseMs: number, now: number): Promise<void>;
}

/** How the rate drops when Meta refuses, and how it recovers. */
export const slowDownPolicy: SlowDownPolicy = {
	factor: 0.7,
	minFactor: 0.1,
	recoverMs: minuteMs,
	quietMs: 1_000,
};

/** Slots for this process only, for accounts without a store. Evenly spaced, no bursts. */
export function createLocalSlots(): SlotSource {
	const buckets = new Map<string, Bucket>();
	const bucketOf = (phoneNumberId: string): Bucket => buckets.get(phoneNumberId) ?? freshBucket;

	return {
		reserve({ phoneNumberId, messagesPerSecond, count, horizonMs, now }) {
			const request = { ratePerSecond: messagesPerSecond, burst: 1, count, horizonMs };
			const { bucket, grant } = reserveSlots(bucketOf(phoneNumberId), request, now, 0);
			buckets.set(phoneNumberId, bucket);
			return Promise.resolve({ startAt: grant.startAt, nextAt: grant.nextAt });
		},
		slowDown(phoneNumberId, pauseMs, now) {
			const bucket = slowDown(bucketOf(phoneNumberId), { ...slowDownPolicy, pauseMs }, now, 0);
			buckets.set(phoneNumberId, bucket);
			return Promise.resolve();
		},
	};
}
