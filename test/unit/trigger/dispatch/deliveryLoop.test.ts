import type { DueBatch } from '../../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { unwrap } from '../../../../nodes/WhatsAppCloud/trigger/deliveries/parcel';
import { DeliveryLoop } from '../../../../nodes/WhatsAppCloud/trigger/dispatch/deliveryLoop';

const batch = (batchId: string, occurredAt: number): DueBatch => ({
	batchId,
	occurredAt,
	orderKeys: ['one person'],
});

const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A loop whose calls of the state are answered by hand; it pauses until it is woken. */
function openLoop() {
	const emitted: string[] = [];
	const takes: ((batches: DueBatch[]) => void)[] = [];
	const inbox = {
		take: async () => await new Promise<DueBatch[]>((resolve) => takes.push(resolve)),
		unclaimed: async (ids: readonly string[]) => await Promise.resolve([...ids]),
	};
	const outbox = {
		renewLease: async () => await Promise.resolve(),
		releaseLease: async () => await Promise.resolve(),
	};
	const loop = new DeliveryLoop({
		store: { inbox, outbox } as unknown as Store,
		listenerId: 'trigger',
		owner: 'loop',
		maxAttempts: 1,
		onePerContact: false,
		hasLazyExpressions: false,
		emit: ([items]) => {
			const parcel = unwrap(items ?? []);
			if (parcel !== null && 'batchId' in parcel) emitted.push(parcel.batchId);
		},
		clock: {
			now: () => Date.now(),
			sleep: async (_, signal) =>
				await new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
		},
		log: () => undefined,
	});
	const answerTake = async (batches: DueBatch[]): Promise<void> => {
		await settled();
		takes.shift()?.(batches);
		await settled();
	};
	return { loop, emitted, answerTake };
}

test('what arrives begins between rounds, one at a time of each person', async () => {
	const { loop, emitted, answerTake } = openLoop();
	loop.start();
	await answerTake([]);
	expect(loop.takesArrivals).toBe(true);
	loop.give([batch('later', 2)]);
	loop.give([batch('earlier', 1)]);
	await settled();
	expect(emitted).toEqual(['earlier']);
	loop.claimed('earlier');
	await settled();
	expect(emitted).toEqual(['earlier', 'later']);
	await loop.stop();
});

test('what a call under way has taken before comes first', async () => {
	const { loop, emitted, answerTake } = openLoop();
	loop.start();
	await answerTake([]);
	loop.wake();
	await settled();
	loop.give([batch('later', 2)]);
	await settled();
	expect(emitted).toEqual([]);
	await answerTake([batch('earlier', 1)]);
	expect(emitted).toEqual(['earlier']);
	loop.claimed('earlier');
	await settled();
	expect(emitted).toEqual(['earlier', 'later']);
	await loop.stop();
});
