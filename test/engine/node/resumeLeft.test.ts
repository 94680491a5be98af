import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { useEngine, useSimulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { accepted, credentials, ids, itemsOf, problemOf, tokens, withoutStatuses } from './account';
import { present } from '../../present';

const folder = new UserFolder();
const simulator = useSimulator(withoutStatuses);
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let store: Store;

beforeAll(async () => {
	store = await folder.openStore();
});
afterAll(async () => {
	await folder.remove();
});

const hourMs = 3_600_000;

/** Sending hours that start at least an hour from now. */
function laterHours(timeZone = 'UTC') {
	const minuteOfDay = Math.floor(Date.now() / 60_000) % 1440;
	return { from: (minuteOfDay + 60) % 1440, to: (minuteOfDay + 120) % 1440, days: [], timeZone };
}

/** What a run recorded about a message. */
const requestTo = (to: string, changes: Record<string, unknown> = {}): string =>
	JSON.stringify({
		endpoint: 'messages',
		recipient: { to },
		body: {
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			type: 'text',
			text: { body: 'Hello' },
			to,
		},
		settings: { messagesPerSecond: 80, timeoutSeconds: 30, maxAttempts: 1, maxSeconds: 10 },
		window: null,
		...changes,
	});

/** Records messages, in this order, for a run whose process died an hour ago. */
async function leave(campaign: string, bodies: readonly (string | null)[]): Promise<string[]> {
	const died = Date.now() - hourMs;
	const intents = bodies.map((body, itemIndex) => ({
		operationId: `${campaign}:${itemIndex}`,
		accountKey: ids.businessAccount,
		workflowId: 'left',
		executionId: campaign,
		nodeId: 'node',
		nodeName: 'Send',
		runIndex: 0,
		itemIndex,
		part: 0,
		fingerprint: `${campaign}:${itemIndex}`,
		payloadHash: 'payload',
		phoneNumberId: ids.phoneNumber,
		recipientKey: 'somebody',
		campaign,
		body,
		expiresAt: died + 24 * hourMs,
	}));
	const lease = { owner: `dead ${campaign}`, leaseMs: 1_000 };
	await store.outbox.enqueue(intents, lease, died);
	return intents.map(({ operationId }) => operationId);
}

interface Circumstances {
	credential?: Record<string, unknown>;
	cancelAfterMs?: number;
}

const resume = async (
	campaign: string,
	parameters: Record<string, unknown> = {},
	onError: 'stopWorkflow' | 'continueRegularOutput' = 'stopWorkflow',
	{ credential = {}, cancelAfterMs }: Circumstances = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { operation: 'resume', options: { campaign }, ...parameters },
		credentials: credentials(simulator.url, credential),
		onError,
		...(cancelAfterMs === undefined ? {} : { cancelAfterMs }),
	});

const outcomesOf = (result: Awaited<ReturnType<typeof resume>>) =>
	itemsOf(result).map(({ json }) => [json['operationId'], json['outcome']]);

const stateOf = async (operationId: string) => {
	const [record] = await store.outbox.findByOperationId([operationId], Date.now());
	return record?.state;
};

describe.each(['stopWorkflow', 'continueRegularOutput'] as const)('with %s', (onError) => {
	test('one that throws keeps its item, and takes none from those that were sent', async () => {
		const unknownPlace = laterHours('Mars/Olympus');
		const [first, thrown, last] = await leave(`throws-${onError}`, [
			requestTo('+15550000001'),
			requestTo('+15550000002', { window: unknownPlace }),
			requestTo('+15550000003'),
		]);
		const result = await resume(`throws-${onError}`, {}, onError);
		expect(outcomesOf(result)).toEqual([
			[first, 'sent'],
			[thrown, 'failed'],
			[last, 'sent'],
		]);
		expect(problemOf(itemsOf(result)[1])).toMatch(/Mars\/Olympus/);
		expect(itemsOf(result)[1]?.json).toMatchObject({ executionId: `throws-${onError}` });
		expect(await accepted(simulator)).toHaveLength(2);
		expect(await stateOf(present(thrown))).toBe('recorded');
	});

	test('one that Meta refuses says so in its item, and the others are reported as well', async () => {
		const refused = '+15550000005';
		await simulator.addFault({ kind: 'error', code: 131026, match: { recipient: refused } });
		const [first, second, third] = await leave(`refused-${onError}`, [
			requestTo('+15550000004'),
			requestTo(refused),
			requestTo('+15550000006'),
		]);
		const result = await resume(`refused-${onError}`, {}, onError);
		expect(outcomesOf(result)).toEqual([
			[first, 'sent'],
			[second, 'failed'],
			[third, 'sent'],
		]);
		expect(problemOf(itemsOf(result)[1])).toMatch(/undeliverable/i);
	});
});

test('messages outside their hours keep no other waiting, and are reported', async () => {
	const waiting = Array.from({ length: 5 }, (_, index) =>
		requestTo(`+1555000010${index}`, { window: laterHours() }),
	);
	const ready = Array.from({ length: 3 }, (_, index) => requestTo(`+1555000011${index}`));
	const left = await leave('hours', [...waiting, ...ready]);
	const result = await resume('hours', { maxMessages: 2 });
	expect(outcomesOf(result)).toEqual([
		[left[5], 'sent'],
		[left[6], 'sent'],
	]);
	expect(result.hints?.join('\n')).toMatch(/5 messages were left for later, outside/);
	expect(result.hints?.join('\n')).toMatch(/The limit \(2\) was reached/);
	expect(outcomesOf(await resume('hours', { maxMessages: 2 }))).toEqual([[left[7], 'sent']]);
	expect(await stateOf(present(left[0]))).toBe('recorded');
});

test('requests that cannot be read keep no other waiting, and are named in the log', async () => {
	const left = await leave('unreadable', [
		null,
		'no JSON',
		'{"endpoint":"messages"}',
		requestTo('+15550000120'),
	]);
	const result = await resume('unreadable', { maxMessages: 1 });
	expect(outcomesOf(result)).toEqual([[left[3], 'sent']]);
	expect(result.hints?.join('\n')).toMatch(/3 messages were left unchanged/);
	const logged = JSON.stringify(result.logs);
	for (const operationId of left.slice(0, 3)) expect(logged).toContain(operationId);
});

test('an unknown message is closed also where its request is forgotten', async () => {
	const [operationId] = await leave('forgotten', [null]);
	const owner = { owner: 'dead too', leaseMs: 1_000 };
	const died = Date.now() - hourMs / 2;
	await store.outbox.start([present(operationId)], 'recorded', owner, died);
	const options = { campaign: 'forgotten', onUnknown: 'fail', graceMinutes: 0 };
	// The first look finds that its process is dead, the second that it has been dead for a while.
	await resume('forgotten', { options: { ...options, onUnknown: 'report' } });
	const result = await resume('forgotten', { options });
	expect(outcomesOf(result)).toEqual([[operationId, 'failed']]);
	expect(await stateOf(present(operationId))).toBe('failed');
});

describe.each([
	[
		'the token has expired',
		{ accessToken: tokens.expired },
		/^The access token is wrong or has expired/,
	],
	['Meta cannot be reached', { graphBaseUrl: 'http://127.0.0.1:1' }, /127\.0\.0\.1:1/],
])('where %s', (name, credential, words) => {
	const people = ['+15550000301', '+15550000302', '+15550000303'];

	test('nothing is lost: the node fails, and the next run sends all', async () => {
		const left = await leave(
			name,
			people.map((to) => requestTo(to)),
		);
		const result = await resume(name, {}, 'stopWorkflow', { credential });
		expect(result.error?.message).toMatch(words);
		for (const operationId of left) {
			const [record] = await store.outbox.findByOperationId([operationId], Date.now());
			expect(record).toMatchObject({ state: 'recorded' });
			expect(record?.body).toContain('Hello');
		}
		expect(await accepted(simulator)).toEqual([]);
		expect(outcomesOf(await resume(name))).toEqual(left.map((each) => [each, 'sent']));
	});

	test('no further one is tried, and the items tell it', async () => {
		const many = Array.from({ length: 150 }, (_, index) => requestTo(`+1555001${1000 + index}`));
		const left = await leave(`${name} for many`, many);
		const result = await resume(`${name} for many`, {}, 'continueRegularOutput', { credential });
		const items = itemsOf(result);
		expect(items.length).toBeGreaterThan(0);
		expect(items.length).toBeLessThanOrEqual(100);
		for (const { json } of items) {
			expect(json).toMatchObject({ outcome: 'failed', keptForNextRun: true });
		}
		const hints = result.hints?.join('\n') ?? '';
		expect(hints).toMatch(/not sent for a temporary reason and kept for the next run/);
		expect(hints).toMatch(/Stopped, because no message can be sent at the moment/);
		expect(outcomesOf(await resume(`${name} for many`))).toEqual(
			left.map((each) => [each, 'sent']),
		);
	});
});

test('a cancelled run leaves what it has not sent to the next', async () => {
	await simulator.addFault({ kind: 'latency', latencyMs: 300, match: { path: '/messages$' } });
	const to = '+15550000400';
	const left = await leave(
		'cancelled',
		Array.from({ length: 20 }, () => requestTo(to)),
	);
	const result = await resume('cancelled', {}, 'stopWorkflow', { cancelAfterMs: 2_000 });
	expect(result.cancelled).toBe(true);
	const sent = await accepted(simulator);
	expect(sent.length).toBeGreaterThan(0);
	expect(sent.length).toBeLessThan(20);
	await simulator.reset();
	const rest = itemsOf(await resume('cancelled')).map(({ json }) => json['operationId']);
	expect(rest).toEqual(left.slice(sent.length));
});
