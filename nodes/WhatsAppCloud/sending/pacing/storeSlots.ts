import type { Store } from '../../store/store';
import { slowDownPolicy, type SlotSource } from './slots';

/** Slots that all processes on the same store share. */
export function createStoreSlots(store: Store, accountKey: string): SlotSource {
	const bucketKeyOf = (phoneNumberId: string): string => `number:${accountKey}:${phoneNumberId}`;
	return {
		async reserve({ phoneNumberId, messagesPerSecond, count, horizonMs, now }) {
			const bucketKey = bucketKeyOf(phoneNumberId);
			const request = { bucketKey, ratePerSecond: messagesPerSecond, burst: 1, count, horizonMs };
			const [grant] = await store.rate.reserve([request], now);
			if (grant === undefined) throw new RangeError('The store gave no answer to a reservation');
			return grant;
		},
		async slowDown(phoneNumberId, pauseMs, now) {
			const bucketKey = bucketKeyOf(phoneNumberId);
			await store.rate.slowDown([{ bucketKey, pauseMs, ...slowDownPolicy }], now);
		},
	};
}
