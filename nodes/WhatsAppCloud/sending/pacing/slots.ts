/** Meta's default throughput of a number. https://developers.facebook.com/docs/whatsapp/throughput */
export const defaultMessagesPerSecond = 80;

/** Leases the moments at which messages of a number may leave. */
export interface SlotSource {
	/**
	 * @param count how many are wanted
	 * @param horizonMs none is granted that starts later than this from now
	 * @returns when each granted slot starts, ascending; and when the next one starts that was not
	 */
	reserve(request: {
		phoneNumberId: string;
		messagesPerSecond: number;
		count: number;
		horizonMs: number;
		now: number;
	}): Promise<{ startAt: number[]; nextAt: number }>;
	/** Meta refused for too many requests: slower from now on, until it recovers by itself. */
	slowDown(phoneNumberId: string, pauseMs: number, now: number): Promise<void>;
}

/** How the rate falls when Meta refuses, and how it climbs again. */
export const slowDownPolicy = {
	factor: 0.7,
	minFactor: 0.1,
	recoverMs: 60_000,
	/** Refusals within this time are answers to the same flood. */
	quietMs: 1_000,
} as const;

interface Bucket {
	/** When the next slot starts. */
	nextAt: number;
	/** Share of the wanted rate right after the last slow-down. */
	share: number;
	slowedAt: number;
	/** The clock when the bucket was last asked. */
	seenAt: number;
}

/** Slots of this process alone, for accounts without a store. Evenly spaced, without bursts. */
export function createLocalSlots(): SlotSource {
	const buckets = new Map<string, Bucket>();

	const bucketOf = (phoneNumberId: string, now: number): Bucket => {
		const known = buckets.get(phoneNumberId);
		if (known === undefined) {
			const fresh = { nextAt: now, share: 1, slowedAt: -Infinity, seenAt: now };
			buckets.set(phoneNumberId, fresh);
			return fresh;
		}
		// A clock that was set back would lock the bucket until it has caught up.
		const setBackMs = Math.max(0, known.seenAt - now);
		known.nextAt -= setBackMs;
		known.slowedAt -= setBackMs;
		known.seenAt = now;
		return known;
	};

	return {
		reserve({ phoneNumberId, messagesPerSecond, count, horizonMs, now }) {
			const bucket = bucketOf(phoneNumberId, now);
			const spacingMs = 1000 / (messagesPerSecond * shareAt(bucket, now));
			const startAt: number[] = [];
			bucket.nextAt = Math.max(bucket.nextAt, now);
			while (startAt.length < count && bucket.nextAt <= now + horizonMs) {
				startAt.push(bucket.nextAt);
				bucket.nextAt += spacingMs;
			}
			return Promise.resolve({ startAt, nextAt: bucket.nextAt });
		},
		slowDown(phoneNumberId, pauseMs, now) {
			const bucket = bucketOf(phoneNumberId, now);
			if (now - bucket.slowedAt >= slowDownPolicy.quietMs) {
				bucket.share = Math.max(
					slowDownPolicy.minFactor,
					shareAt(bucket, now) * slowDownPolicy.factor,
				);
				bucket.slowedAt = now;
			}
			bucket.nextAt = Math.max(bucket.nextAt, now + pauseMs);
			return Promise.resolve();
		},
	};
}

function shareAt({ share, slowedAt }: Bucket, now: number): number {
	return Math.min(1, share + Math.max(0, now - slowedAt) / slowDownPolicy.recoverMs);
}
