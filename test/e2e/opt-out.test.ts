import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { OwnN8n } from './trigger-host';
import { Typist } from './typist';

const START_MS = 300_000;
const ANA = '15550200001';
const BEN = '15550200002';

const typist = new Typist();
let own: OwnN8n;
let listenerId: string;
let campaignId: string;

interface Accepted {
	recipient: string;
	body: { type?: string; text?: { body: string }; template?: { name: string } };
}

const accepted = async (): Promise<Accepted[]> =>
	(await own.admin<{ data: Accepted[] }>('GET', '/messages?limit=1000')).data;
const confirmations = async () =>
	(await accepted())
		.filter(({ body }) => body.text !== undefined)
		.map(({ body }) => body.text?.body);

/** A person writes, and the workflow has run for it. */
async function write(customer: string, body: string): Promise<void> {
	await typist.types();
	const before = own.executions(listenerId).length;
	await own.admin('POST', '/chat/messages', {
		phoneNumberId: testAccount.phoneNumberId,
		customer,
		message: { type: 'text', text: { body } },
	});
	await until('the workflow has run', () => {
		const all = own.executions(listenerId);
		return all.length > before && all.every(({ status }) => status === 'success');
	});
}

/** What became of each recipient of the campaign. */
async function campaign(): Promise<Record<string, unknown>[]> {
	const executionId = await own.api.run(campaignId, 'Start');
	const { data = '', status } = await own.api.finishedExecution(executionId, 120_000);
	expect(status).toBe('success');
	return (nodeRuns(data)['Campaign'] ?? []).flatMap(({ outputs }) =>
		(outputs[0] ?? []).map(({ json }) => json),
	);
}

beforeAll(async () => {
	own = await OwnN8n.start();
	const { id, name } = await own.api.saveCredential(
		'WhatsApp Cloud API',
		CREDENTIAL_TYPE,
		testCredentialData(own.simulator.baseUrl),
	);
	const credentials = { [CREDENTIAL_TYPE]: { id, name } };
	const listener = await own.api.createWorkflow({
		name: 'Listens',
		nodes: [
			{
				id: randomUUID(),
				name: 'WhatsApp Cloud Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'opt-out',
				parameters: {
					registration: 'phoneNumber',
					events: ['message'],
					settings: { optOutConfirmation: 'No more offers.', optInConfirmation: 'Welcome back.' },
				},
				credentials,
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	listenerId = listener.id;
	await own.publish(listener);

	const parameter = (parameter_name: string, text: string) => ({
		type: 'text',
		parameter_name,
		text,
	});
	const parameters = [parameter('name', 'Ana'), parameter('shop', 'London')];
	const workflow = await own.api.createWorkflow({
		name: 'Campaign',
		nodes: [
			{
				id: randomUUID(),
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: randomUUID(),
				name: 'People',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [200, 0],
				parameters: { jsCode: `return ['+${ANA}', '+${BEN}'].map((to) => ({ json: { to } }));` },
			},
			{
				id: randomUUID(),
				name: 'Campaign',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [400, 0],
				parameters: {
					resource: 'message',
					operation: 'sendTemplate',
					recipient: '={{ $json.to }}',
					template: { __rl: true, mode: 'list', value: 'spring_sale:en_US' },
					componentsInput: 'json',
					componentsJson: JSON.stringify([{ type: 'body', parameters }]),
				},
				credentials,
			},
		],
		connections: {
			Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
			People: { main: [[{ node: 'Campaign', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	campaignId = workflow.id;
}, START_MS);
afterAll(async () => await own.stop());

/** The last message that the trigger sent by itself, from the package's state. */
function lastOwn(): { state: string; attempts: number } {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const file = join(own.folder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const rows = database
			.prepare(
				"SELECT state, attempts FROM operations WHERE execution_id = 'trigger' ORDER BY created_at",
			)
			.all();
		const last = rows.at(-1);
		return { state: String(last?.['state']), attempts: Number(last?.['attempts']) };
	} finally {
		database.close();
	}
}

test('whoever writes a word to opt out gets no more campaigns, until they take it back', async () => {
	await write(ANA, 'Please stop by tomorrow');
	expect(await campaign()).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);

	await write(ANA, 'Désabonner !');
	await until('it is confirmed', async () => (await confirmations()).length === 1);
	await write(ANA, 'stop');
	expect(await campaign()).toMatchObject([
		{
			outcome: 'blocked',
			blocked: { rule: 'consent', reason: expect.stringContaining('opted out') },
		},
		{ outcome: 'sent' },
	]);

	await write(ANA, 'START');
	await until('it is confirmed', async () => (await confirmations()).length === 2);
	expect(await campaign()).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
	expect(await confirmations()).toEqual(
		expect.arrayContaining(['No more offers.', 'Welcome back.']),
	);
	const sales = (await accepted()).filter(({ body }) => body.template?.name === 'spring_sale');
	expect(sales.map(({ recipient }) => recipient).sort()).toEqual([ANA, ANA, BEN, BEN, BEN]);
});

test('a confirmation that Meta does not take for the moment goes once n8n was killed and is back, and once only', async () => {
	const before = await confirmations();
	const match = { path: '/messages$', messageType: 'text' };
	await own.admin('POST', '/faults', { kind: 'error', code: 130429, match });
	await write(BEN, 'Abmelden');
	await until(
		'Meta has refused it five times, and it waits',
		() => lastOwn().state === 'recorded' && lastOwn().attempts === 5,
		120_000,
	);
	await own.kill();
	await own.restart();
	await until(
		'a round after the start has failed, too',
		() => lastOwn().state === 'recorded' && lastOwn().attempts > 5,
		120_000,
	);
	await own.admin('DELETE', '/faults');
	await until('it is sent', () => lastOwn().state === 'sent', 400_000);
	await write(BEN, 'Abmelden');
	expect(await confirmations()).toEqual([...before, 'No more offers.']);
}, 600_000);
