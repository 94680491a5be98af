import { useEngine, useSimulator } from '../harness';
import { accepted, credentials, itemsOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		json: { recipient: `+1555${String(1_000_000 + index)}`, text: 'Hi' },
	}));

const sendToAll = async (
	count: number,
	delivery: Record<string, unknown>,
	{ cancelAfterMs, stateStore }: { cancelAfterMs?: number; stateStore?: string } = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { valuesFrom: 'item', delivery },
		credentials: credentials(simulator.url, stateStore === undefined ? {} : { stateStore }),
		items: people(count),
		...(cancelAfterMs === undefined ? {} : { cancelAfterMs }),
	});

const latency = async (latencyMs: number) =>
	await simulator.addFault({ kind: 'latency', latencyMs, match: { path: '/messages$' } });

// Runs first, because connections stay open between executions.
test('the user says how many', async () => {
	await latency(20);
	await sendToAll(60, { concurrency: 3, messagesPerSecond: -1 });
	const counters = await simulator.counters();
	expect(counters['acceptedMessages']).toBe(60);
	expect(counters['graphConnections']).toBeLessThanOrEqual(3);
	expect(counters['peakConcurrency']).toBeLessThanOrEqual(3);
});

test('1,000 sends use at most as many connections as are under way at once', async () => {
	await latency(20);
	const result = await sendToAll(1_000, { messagesPerSecond: -1 });
	expect(itemsOf(result)).toHaveLength(1_000);
	expect(itemsOf(result).every(({ json }) => json['outcome'] === 'sent')).toBe(true);
	const counters = await simulator.counters();
	expect(counters['acceptedMessages']).toBe(1_000);
	expect(Object.keys(counters['byRecipient'] as object)).toHaveLength(1_000);
	expect(counters['graphConnections']).toBeLessThanOrEqual(100);
	expect(counters['peakConcurrency']).toBeLessThanOrEqual(100);
	// At the default pace, 20 ms need only ten; more than that shows that nothing queues.
	expect(counters['peakConcurrency']).toBeGreaterThan(20);

	// The next execution reuses the open connections.
	await sendToAll(100, { messagesPerSecond: -1 });
	expect((await simulator.counters())['graphConnections']).toBe(counters['graphConnections']);
});

// Without a state, nothing comes between an answer and the next request.
test('without a state, too', async () => {
	await latency(20);
	for (const concurrency of [130, 150]) {
		await sendToAll(1_000, { concurrency, messagesPerSecond: -1 }, { stateStore: 'off' });
		const counters = await simulator.counters();
		expect(counters['graphConnections']).toBeLessThanOrEqual(concurrency);
	}
});

test('the pace of the number is kept, and Meta has nothing to refuse', async () => {
	await simulator.admin('PATCH', '/settings', { limits: { messagesPerSecond: 80 } });
	await sendToAll(200, { messagesPerSecond: 80 });
	const counters = await simulator.counters();
	expect(counters).toMatchObject({ acceptedMessages: 200, refusedMessages: 0 });
});

test('a cancelled run stops, finishes what is under way and says which is which', async () => {
	await latency(100);
	const result = await sendToAll(500, { concurrency: 5 }, { cancelAfterMs: 2_000 });
	expect(result.cancelled).toBe(true);
	const arrived = await accepted(simulator);
	expect(arrived.length).toBeGreaterThan(0);
	expect(arrived.length).toBeLessThan(400);
	// Nothing goes on in the background: only these ten arrive while they are sent one by one,
	// which takes as long as ten of the cancelled run's would have taken.
	itemsOf(await sendToAll(10, { concurrency: 1 }));
	expect(await accepted(simulator)).toHaveLength(arrived.length + 10);
	const items = result.outputs?.[0] ?? [];
	const ofOutcome = (outcome: string) => items.filter(({ json }) => json['outcome'] === outcome);
	expect(ofOutcome('sent').map(({ json }) => json['messageId'])).toEqual(
		expect.arrayContaining(arrived.map(({ id }) => id)),
	);
	expect(ofOutcome('sent')).toHaveLength(arrived.length);
	expect(ofOutcome('cancelled')).toHaveLength(500 - arrived.length);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
});

test('a run that was cancelled leaves the process fit for the next', async () => {
	await simulator.addFault({
		kind: 'latency',
		latencyMs: 300,
		match: { path: '/messages$' },
		count: 20,
	});
	await sendToAll(100, { concurrency: 10 }, { cancelAfterMs: 200 });
	const before = (await accepted(simulator)).length;
	const next = itemsOf(await sendToAll(20, {}));
	expect(next.map(({ json }) => json['outcome'])).toEqual(Array.from({ length: 20 }, () => 'sent'));
	expect(await accepted(simulator)).toHaveLength(before + 20);
});
