import { setTimeout as sleep } from 'node:timers/promises';
import type { RunNodeRequest } from '../../scripts/engine/request';
import { startEngine, useSimulator, type Engine } from '../engine/harness';
import { itemsOf, withoutStatuses } from '../engine/node/account';
import { until } from '../until';
import { leaseEndsMs } from './campaign';
import { arrivals, countBy, duplicates, Ledger, storeDiscrepancies } from './ledger';
import { followRequests } from './requestLog';
import { sqliteState } from './testState';

jest.setTimeout(120_000);

const state = sqliteState();
const simulator = useSimulator(withoutStatuses);
let engine: Engine;

beforeAll(async () => {
	engine = await startEngine({ env: state.env() });
});

/** Each test has its own phone number, so that none waits for another's pace. */
let lastRun = 0;

interface Batch {
	executionId: string;
	count: number;
	delivery: Record<string, unknown>;
}

const request = ({ executionId, count, delivery }: Batch): RunNodeRequest => ({
	node: 'whatsAppCloud',
	workflowId: 'interruptions',
	executionId,
	mode: 'trigger',
	parameters: { valuesFrom: 'item', options: { technicalDetails: true }, delivery },
	credentials: state.credentials(simulator.url),
	items: Array.from({ length: count }, (_, index) => ({
		json: { recipient: `+1555${String(1_000_000 + index)}`, text: `To ${index}` },
	})),
	onError: 'continueRegularOutput',
});

const resume = async (campaign: string) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		workflowId: 'schedule',
		mode: 'trigger',
		parameters: { operation: 'resume', options: { campaign }, delivery: {} },
		credentials: state.credentials(simulator.url),
		onError: 'continueRegularOutput',
	});

const newExecutionId = (): string => String(++lastRun);

const recordsOf = async (executionId: string) =>
	(await state.readRecords()).filter((record) => record.executionId === executionId);

const untilArrived = async (count: number): Promise<void> => {
	await until(
		`${count} messages have arrived`,
		async () => Number((await simulator.counters())['acceptedMessages']) >= count,
	);
};

test('a process that is paused for longer than its lease duplicates nothing', async () => {
	const batch = {
		executionId: newExecutionId(),
		count: 300,
		delivery: { messagesPerSecond: 60, concurrency: 30, recordFirst: true, campaign: 'stopped' },
	};
	const slow = await startEngine({ env: state.env() });
	const stopped = slow.runNode(request(batch));
	await untilArrived(60);
	process.kill(slow.pid, 'SIGSTOP');
	await sleep(leaseEndsMs);

	const arrivedBefore = Number((await simulator.counters())['acceptedMessages']);
	expect(arrivedBefore).toBeLessThan(batch.count);
	const resuming = resume('stopped');
	await untilArrived(arrivedBefore + 60);
	process.kill(slow.pid, 'SIGCONT');
	const [awake, resumed] = await Promise.all([stopped, resuming]);

	const ledger = new Ledger();
	ledger.add(itemsOf(resumed));
	ledger.add(itemsOf(awake));
	const arrived = await arrivals(simulator);
	expect(duplicates(arrived)).toEqual([]);
	expect(arrived.size).toBe(batch.count);
	expect(ledger.discrepancies(arrived)).toEqual([]);
	expect(storeDiscrepancies(await recordsOf(batch.executionId), arrived, true)).toEqual([]);
	// Both have sent a part; what the other had sent is reported as a duplicate.
	const outcomes = countBy(itemsOf(awake), ({ json }) => String(json['outcome']));
	expect(outcomes['sent']).toBeGreaterThan(60);
	expect(outcomes['duplicate']).toBeGreaterThan(0);
	expect(itemsOf(resumed).length).toBeGreaterThan(60);
	await slow.stop();
});

test('resumed messages keep to the hours of the run that recorded them', async () => {
	const anHour = 3_600_000;
	const hour = (ms: number): string => `${new Date(ms).toISOString().slice(11, 13)}:00`;
	const later = { from: hour(Date.now() + 2 * anHour), to: hour(Date.now() + 4 * anHour) };
	const batch = {
		executionId: newExecutionId(),
		count: 50,
		delivery: {
			recordFirst: true,
			campaign: 'hours',
			window: { window: { ...later, timeZone: 'UTC' } },
		},
	};
	const killed = await startEngine({ env: state.env() });
	const waiting = killed.runNode(request(batch)).catch(() => undefined);
	await until('all messages are recorded', async () => {
		return (await recordsOf(batch.executionId)).length >= batch.count;
	});
	await killed.stop('SIGKILL');
	await waiting;
	await sleep(leaseEndsMs);
	const resumed = await resume('hours');
	expect(itemsOf(resumed)).toEqual([]);
	// They were found and left alone; with an active lease they would not be found at all.
	expect(resumed.hints?.join('\n')).toMatch(
		new RegExp(`${batch.count} messages were left for later, outside`),
	);
	expect((await arrivals(simulator)).size).toBe(0);
	const states = countBy(await recordsOf(batch.executionId), ({ state }) => state);
	expect(states).toEqual({ recorded: batch.count });
});

test('messages that a cancelled run has not started are reported, and never sent', async () => {
	const batch = {
		executionId: newExecutionId(),
		count: 400,
		delivery: { messagesPerSecond: 80, concurrency: 20, recordFirst: true, campaign: 'cancelled' },
	};
	await simulator.addFault({ kind: 'latency', latencyMs: 200, match: { path: '/messages$' } });
	const result = await engine.runNode({ ...request(batch), cancelAfterMs: 2_000 });
	expect(result.cancelled).toBe(true);
	const arrived = await arrivals(simulator);
	expect(arrived.size).toBeGreaterThan(0);
	expect(arrived.size).toBeLessThan(batch.count);

	const items = result.outputs?.[0] ?? [];
	const ledger = new Ledger();
	ledger.add(items);
	expect(ledger.discrepancies(arrived)).toEqual([]);
	expect(countBy(items, ({ json }) => String(json['outcome']))).toEqual({
		sent: arrived.size,
		cancelled: batch.count - arrived.size,
	});
	const states = countBy(await recordsOf(batch.executionId), ({ state }) => state);
	expect(states).toEqual({ sent: arrived.size, cancelled: batch.count - arrived.size });

	expect(itemsOf(await resume('cancelled'))).toEqual([]);
	expect((await arrivals(simulator)).size).toBe(arrived.size);
});

test('what waits for its turn when its process is killed goes out once, by a retry', async () => {
	const batch = {
		executionId: newExecutionId(),
		count: 20,
		// The first one goes at once; the others wait for their slots.
		delivery: { messagesPerSecond: 0.02, concurrency: 20, campaign: 'waiting' },
	};
	const killed = await startEngine({ env: state.env() });
	const waiting = killed.runNode(request(batch)).catch(() => undefined);
	await untilArrived(1);
	await until('all messages are in the state, and the first is sent', async () => {
		const records = await recordsOf(batch.executionId);
		const states = countBy(records, ({ state }) => state);
		return records.length === batch.count && states['sent'] === 1;
	});
	await killed.stop('SIGKILL');
	await waiting;
	await sleep(leaseEndsMs);

	const retried = { ...batch, delivery: { messagesPerSecond: -1, campaign: 'waiting' } };
	const items = itemsOf(await engine.runNode(request(retried)));
	const outcomes = countBy(items, ({ json }) => String(json['outcome']));
	expect(outcomes).toEqual({ duplicate: 1, sent: batch.count - 1 });
	const arrived = await arrivals(simulator);
	expect(duplicates(arrived)).toEqual([]);
	expect(arrived.size).toBe(batch.count);
	const states = countBy(await recordsOf(batch.executionId), ({ state }) => state);
	expect(states).toEqual({ sent: batch.count });
});

test('a campaign does not hold up a small execution on the same number', async () => {
	const campaign = {
		executionId: newExecutionId(),
		count: 400,
		delivery: { messagesPerSecond: 50, concurrency: 100 },
	};
	const answers = { ...campaign, executionId: newExecutionId(), count: 10 };
	const sending = engine.runNode(request(campaign));
	await untilArrived(50);
	const { error } = await engine.runNode(request(answers));
	expect(error).toBeUndefined();
	const before = Number((await simulator.counters())['acceptedMessages']);
	await sending;
	// They take turns: with ten answers go about ten of the campaign, not the other 350.
	expect(before).toBeGreaterThanOrEqual(60);
	expect(before).toBeLessThan(150);
	expect((await arrivals(simulator)).size).toBe(410);
});

test('after 130429 the rate falls, and it recovers', async () => {
	const rate = 20;
	const refusedFrom = 40;
	const batch = {
		executionId: newExecutionId(),
		count: 340,
		// Slow enough for a busy machine to keep up.
		delivery: { messagesPerSecond: rate, concurrency: 50 },
	};
	await simulator.addFault({
		kind: 'error',
		code: 130429,
		after: refusedFrom,
		count: 3,
		match: { path: '/messages$' },
	});
	await simulator.admin('DELETE', '/requests');
	const log = followRequests(simulator);
	const items = itemsOf(await engine.runNode(request(batch)));
	const times = await log.stop();
	expect(countBy(items, ({ json }) => String(json['outcome']))).toEqual({ sent: batch.count });
	expect(times).toHaveLength(batch.count + 3);

	const throttledAt = times[refusedFrom] ?? 0;
	const inSeconds = (from: number, to: number): number =>
		times.filter((at) => at >= throttledAt + from * 1000 && at < throttledAt + to * 1000).length /
		(to - from);
	const [fallen, recovered] = [inSeconds(1, 5), inSeconds(13, 17)];
	console.log(`${fallen} and ${recovered} messages a second`);
	// The share falls to 0.7 and climbs by a sixtieth a second.
	expect(fallen).toBeLessThan(0.85 * rate);
	expect(fallen).toBeGreaterThan(0.5 * rate);
	expect(recovered).toBeGreaterThan(1.1 * fallen);
});
