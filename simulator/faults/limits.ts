import { GraphError } from '../errors/graph-error.ts';
import type { Settings } from '../state/settings.ts';

/** Meta's pair limit: one message per 6 s to the same person, up to 45 in a burst. */
const pairPauseMs = 6000;
const pairBurst = 45;

interface Bucket {
	tokens: number;
	atMs: number;
}

/**
 * The limits that Meta itself enforces; both are off unless set.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput
 */
export class RateLimits {
	readonly #numbers = new Map<string, Bucket>();
	readonly #pairs = new Map<string, Bucket>();

	/** @throws GraphError 130429 or 131056 */
	check(settings: Settings['limits'], nowMs: number, phoneNumberId: string, to: string): void {
		const { messagesPerSecond, pairLimit } = settings;
		if (messagesPerSecond !== null) {
			const pauseMs = 1000 / messagesPerSecond;
			if (!take(this.#numbers, phoneNumberId, nowMs, pauseMs, messagesPerSecond)) {
				throw new GraphError(130429, {
					details:
						'Message failed to send because there were too many messages sent from this phone number in a short period of time',
				});
			}
		}
		if (pairLimit && !take(this.#pairs, `${phoneNumberId}/${to}`, nowMs, pairPauseMs, pairBurst)) {
			throw new GraphError(131056, {
				details:
					'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time',
			});
		}
	}

	reset(): void {
		this.#numbers.clear();
		this.#pairs.clear();
	}
}

/** Takes a token from the bucket of `key`; false when it is empty. */
function take(
	buckets: Map<string, Bucket>,
	key: string,
	nowMs: number,
	refillMs: number,
	capacity: number,
): boolean {
	let bucket = buckets.get(key);
	if (!bucket) buckets.set(key, (bucket = { tokens: capacity, atMs: nowMs }));
	bucket.tokens = Math.min(capacity, bucket.tokens + (nowMs - bucket.atMs) / refillMs);
	bucket.atMs = nowMs;
	if (bucket.tokens < 1) return false;
	bucket.tokens -= 1;
	return true;
}
