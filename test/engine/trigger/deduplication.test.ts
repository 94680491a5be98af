import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { eventKey } from '../../../nodes/WhatsAppCloud/events/eventKey';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import type { ReplayRequest } from '../../../scripts/engine/request';
import { until } from '../../until';
import { useEngine } from '../harness';
import { recent } from './recent';
import { UserFolder } from './store';
import { present } from '../../present';

const SECRET = 'the-app-secret';
const credentials = {
	whatsAppCloudApi: { appSecret: SECRET, businessAccountId: '300000000000001' },
};
const folder = new UserFolder();
const engine = useEngine({ N8N_USER_FOLDER: folder.path, N8N_LOG_LEVEL: 'debug' });
let store: Store;

beforeAll(async () => {
	store = await folder.openStore();
});
afterAll(async () => {
	await folder.remove();
});

const fixture = recent(
	readFileSync(join(__dirname, '../../unit/events/fixtures/text.json'), 'utf8'),
);
const webhook = (messageId: string): string => fixture.replace('wamid.TEXT1', messageId);
const post = async (body: string, request: ReplayRequest = {}) =>
	await engine.replayWebhook({ credentials, secret: SECRET, body, ...request });

/** The node's ID in one of the engine's workflows; it depends on both names. */
const scopeOf = (workflowId: string): string => {
	const name = `${workflowId} WhatsApp Cloud Trigger`;
	const hex = createHash('sha256').update(name).digest('hex');
	const nodeId = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
	return `${workflowId}:${nodeId}`;
};

test('a delivery again is answered, but starts nothing', async () => {
	const body = webhook('wamid.again');
	expect((await post(body)).outputs?.flat()).toHaveLength(1);
	const second = await post(body);
	expect(second).toMatchObject({ status: 200, body: 'EVENT_RECEIVED', outputs: [] });
	expect(second.logs).toContainEqual(
		expect.objectContaining({ message: expect.stringContaining('1 were delivered before') }),
	);
});

test('of deliveries in parallel one starts the workflow, and none is refused', async () => {
	const body = webhook('wamid.parallel');
	const answers = await Promise.all(Array.from({ length: 6 }, async () => await post(body)));
	expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
	expect(answers.flatMap(({ outputs }) => outputs?.flat() ?? [])).toHaveLength(1);
});

test('each workflow gets the event once', async () => {
	const body = webhook('wamid.each');
	for (const workflowId of ['one', 'two']) {
		expect((await post(body, { workflowId })).outputs?.flat()).toHaveLength(1);
		expect((await post(body, { workflowId })).outputs).toEqual([]);
	}
});

test('what stands twice in one webhook is one item', async () => {
	const payload = JSON.parse(webhook('wamid.twice')) as { entry: unknown[] };
	payload.entry.push(payload.entry[0]);
	expect((await post(JSON.stringify(payload))).outputs?.flat()).toHaveLength(1);
});

test('what a process kept before it died starts the workflow when n8n is back', async () => {
	const [event] = normalise(JSON.parse(webhook('wamid.died')) as string);
	const died = present(event);
	await store.inbox.receive(
		{
			statuses: [],
			contacts: [],
			links: [],
			events: [
				{
					accountKey: 'any',
					eventKey: eventKey(died),
					content: JSON.stringify(died),
					orderKey: 'any',
					contactKey: null,
					occurredAt: Date.now(),
					deliveries: [{ listenerId: scopeOf('dead'), batchId: 'of the dead', dueAt: 0 }],
				},
			],
		},
		Date.now(),
	);
	// Meta delivers it again; it starts nothing by itself.
	const answer = await post(webhook('wamid.died'), { workflowId: 'dead' });
	expect(answer.outputs?.flat().map(({ json }) => json['id'])).toEqual(['wamid.died']);
	expect((await post(webhook('wamid.died'), { workflowId: 'dead' })).outputs).toEqual([]);
});

test('a thousand entries are a thousand items, and none of them comes twice', async () => {
	const [entry] = (JSON.parse(fixture) as { entry: unknown[] }).entry;
	const text = JSON.stringify(entry);
	const entries = Array.from({ length: 1_000 }, (_, index): unknown =>
		JSON.parse(text.replace('wamid.TEXT1', `wamid.of1000.${index}`)),
	);
	const body = JSON.stringify({ object: 'whatsapp_business_account', entry: entries });
	expect((await post(body)).outputs?.flat()).toHaveLength(1_000);
	const more = entries.concat(JSON.parse(text.replace('wamid.TEXT1', 'wamid.of1001')) as unknown);
	const second = await post(JSON.stringify({ object: 'whatsapp_business_account', entry: more }));
	expect(second.outputs?.flat().map(({ json }) => json['id'])).toEqual(['wamid.of1001']);
});

test('of two numbers in one payload each trigger by number takes its own', async () => {
	const [entry] = (JSON.parse(webhook('wamid.first')) as { entry: unknown[] }).entry;
	const other = JSON.parse(
		JSON.stringify(entry)
			.replace('200000000000001', '200000000000002')
			.replace('wamid.first', 'wamid.second'),
	) as unknown;
	const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [entry, other] });
	const both = await post(body, { workflowId: 'both' });
	expect(both.outputs?.flat().map(({ json }) => json['id'])).toEqual([
		'wamid.first',
		'wamid.second',
	]);
	const one = await post(body, {
		workflowId: 'numbers',
		parameters: {
			registration: 'phoneNumber',
			phoneNumberId: { __rl: true, mode: 'id', value: '200000000000002' },
		},
	});
	expect(one.outputs?.flat().map(({ json }) => json['id'])).toEqual(['wamid.second']);
	const none = await post(body, {
		workflowId: 'unknown number',
		parameters: {
			registration: 'phoneNumber',
			phoneNumberId: { __rl: true, mode: 'id', value: '200000000000009' },
		},
	});
	expect(none).toMatchObject({ status: 200, outputs: [] });
	expect(none.logs).toContainEqual(
		expect.objectContaining({ message: expect.stringContaining('2 by "Registration"') }),
	);
});

test('what was received, filtered, repeated and refused is counted', async () => {
	const request = { workflowId: 'counted', parameters: { events: ['status'] } };
	await post(webhook('wamid.counted'), request);
	const counters = async () => await store.counters.list(listenerGroup(SECRET), 'webhook:');
	const filtered = `${counterNames.filtered}${scopeOf('counted')}:Events`;
	await until('it is counted', async () =>
		(await counters()).some(({ name }) => name === filtered),
	);
	expect(await counters()).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ name: counterNames.received, lastDetail: 'message text' }),
			expect.objectContaining({ name: `${counterNames.repeated}${scopeOf('one')}`, count: 1 }),
			expect.objectContaining({ name: `${counterNames.started}${scopeOf('one')}`, count: 1 }),
		]),
	);

	const forged = { headers: [['X-Hub-Signature-256', `sha256=${'0'.repeat(64)}`]] };
	const refused = await Promise.all(
		Array.from({ length: 30 }, async () => await post('{}', forged as ReplayRequest)),
	);
	expect(refused.every(({ status }) => status === 401)).toBe(true);
	const lines = refused.flatMap(({ logs }) => logs).map(({ message }) => message);
	expect(lines.filter((line) => line.includes('answered with 401')).length).toBeGreaterThan(0);
	const found = await until('refusals are counted', async () => {
		const all = await counters();
		return all.find(({ name }) => name.startsWith(counterNames.refused));
	});
	// The first refusal writes it; the others wait in memory.
	expect(found).toMatchObject({ name: `${counterNames.refused}wrongSignature`, count: 1 });
});
