import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { nodeBinary } from '../../scripts/host/node-binary.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { startEndpoint, type Endpoint } from '../bench/startEndpoint';
import { makeCertificate } from '../certificate';
import { fixturesIn, readFixture } from '../unit/events/fixture';
import { until } from '../until';
import { projectFolder } from './host';
import { OwnN8n } from './trigger-host';

const appSecret = 'the app secret of both triggers';
const startMs = 300_000;

let folder: string;
let endpoint: Endpoint;
let own: OwnN8n;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-built-in-'));
	const certificate = await makeCertificate(folder, ['DNS:graph.facebook.com']);
	endpoint = await startEndpoint(nodeBinary(projectFolder), projectFolder, certificate, 0);
	own = await OwnN8n.start(endpoint.env);
}, startMs);
afterAll(async () => {
	await own.stop();
	endpoint.child.kill();
	await rm(folder, { recursive: true, force: true });
});

/** Publishes a workflow of the trigger and a node that does nothing. */
async function publish(
	node: Pick<N8nNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>,
): Promise<{ id: string; url: string }> {
	const webhookId = randomUUID();
	const position: [number, number] = [0, 0];
	const workflow = await own.api.createWorkflow({
		name: node.type,
		nodes: [
			{ id: randomUUID(), name: 'In', position, webhookId, ...node },
			{
				id: randomUUID(),
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position,
				parameters: {},
			},
		],
		connections: { In: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await own.api.activate(workflow);
	const url = `${own.baseUrl}/webhook/${webhookId}/webhook`;
	await until('the trigger listens', async () => (await fetch(url)).status !== 404);
	return { id: workflow.id, url };
}

interface Change {
	field: string;
	value: object;
}

const webhook = (...changes: Change[]) => ({
	object: 'whatsapp_business_account',
	entry: [{ id: testAccount.businessAccountId, changes }],
});

const now = String(Math.floor(Date.now() / 1000));
const metadata = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };
const messages = (value: object): Change => ({
	field: 'messages',
	value: { messaging_product: 'whatsapp', metadata, ...value },
});
const text = (id: string) => ({
	id: `wamid.${id}`,
	from: '15550200001',
	timestamp: now,
	type: 'text',
	text: { body: `text of ${id}` },
});
const contacts = [{ profile: { name: 'Ada' }, wa_id: '15550200001' }];
const status = (id: string, name: string) => ({
	id: `wamid.${id}`,
	status: name,
	timestamp: now,
	recipient_id: '15550200001',
});

/** One message of each type, and one notice of each field that the built-in trigger offers. */
const fixtures = [
	...fixturesIn('messages').map((name) =>
		messages({ contacts, messages: [(readFixture(name) as { message: object }).message] }),
	),
	...fixturesIn('notices').map((name) => readFixture(name) as unknown as Change),
]
	.filter(({ field, value }) => typeof value === 'object' && field !== 'history')
	.map(({ field, value }) => ({ field, value: inTime(value) }));

/** Old messages would count as replays; what has the same ID counts as repeated. */
function inTime(value: object): object {
	const unique = randomUUID();
	const changed = JSON.stringify(value)
		.replace(/"timestamp":("?)\d+"?/g, `"timestamp":$1${now}$1`)
		.replace(/"id":"wamid\./g, `"id":"wamid.${unique}.`);
	return JSON.parse(changed) as object;
}

const webhooks = [
	webhook(messages({ contacts, messages: [text('one')] })),
	webhook(messages({ contacts, messages: [text('two'), text('three')] })),
	webhook(messages({ statuses: [status('out', 'sent'), status('out', 'delivered')] })),
	webhook(messages({ contacts, messages: [text('four')], statuses: [status('out', 'read')] })),
	webhook(
		messages({ contacts, messages: [text('five')] }),
		messages({ contacts, messages: [text('six')] }),
		{ field: 'account_update', value: { event: 'VERIFIED_ACCOUNT' } },
	),
	...fixtures.map((change) => webhook(change)),
];

async function post(url: string, body: object, secret = appSecret): Promise<number> {
	const content = JSON.stringify(body);
	const signature = createHmac('sha256', secret).update(content).digest('hex');
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
		body: content,
	});
	await answer.text();
	return answer.status;
}

/** What the workflow's trigger gave, by execution, in an order that both triggers share. */
async function itemsOf(workflowId: string): Promise<string[]> {
	const texts: string[] = [];
	for (const { id } of own.executions(workflowId)) {
		const { data } = await own.api.finishedExecution(id, startMs);
		const [run] = nodeRuns(data ?? '')['In'] ?? [];
		texts.push(
			JSON.stringify(
				run?.outputs[0]?.map(({ json }) => sorted(json)),
				null,
				'\t',
			),
		);
	}
	return texts.sort();
}

/** The order of names in an object means nothing. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, each]) => [key, sorted(each)]),
	);
}

test(
	'as n8n’s WhatsApp Trigger: the same items, for the same webhooks',
	async () => {
		const builtInCredential = await own.api.saveCredential('Built-in', 'whatsAppTriggerApi', {
			clientId: '100000000000001',
			clientSecret: appSecret,
		});
		const credential = await own.api.saveCredential('WhatsApp Cloud API', CREDENTIAL_TYPE, {
			appSecret,
			verifyToken: 'a verify token',
			businessAccountId: testAccount.businessAccountId,
		});
		const builtIn = await publish({
			type: 'n8n-nodes-base.whatsAppTrigger',
			typeVersion: 1,
			parameters: { updates: ['messages'], options: {} },
			credentials: { whatsAppTriggerApi: builtInCredential },
		});
		const ours = await publish({
			type: TRIGGER_TYPE,
			typeVersion: 2,
			parameters: { registration: 'manual', events: ['*'], outputFormat: 'builtIn' },
			credentials: { [CREDENTIAL_TYPE]: credential },
		});

		for (const body of webhooks) {
			for (const { url } of [builtIn, ours]) expect(await post(url, body)).toBe(200);
		}
		// Neither takes what is signed with another secret, and this one takes nothing twice.
		await post(builtIn.url, webhooks[0] ?? {}, 'another secret');
		expect(await post(ours.url, webhooks[0] ?? {}, 'another secret')).toBe(401);
		expect(await post(ours.url, webhooks[0] ?? {})).toBe(200);

		const count = ({ id }: { id: string }) => own.executions(id).length;
		await until('nothing waits for an execution', () => own.waiting() === 0, startMs);
		expect({ builtIn: count(builtIn), ours: count(ours) }).toEqual({
			builtIn: webhooks.length,
			ours: webhooks.length,
		});
		const expected = await itemsOf(builtIn.id);
		expect(expected).toHaveLength(webhooks.length);
		expect(await itemsOf(ours.id)).toEqual(expected);
	},
	2 * startMs,
);
