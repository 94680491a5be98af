import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { OwnN8n } from './trigger-host';

const START_MS = 300_000;

let own: OwnN8n;
let workflowId: string;

async function write(customer: string): Promise<string> {
	const { id } = await own.admin<{ id: string }>('POST', '/chat/messages', {
		phoneNumberId: testAccount.phoneNumberId,
		customer,
		message: { type: 'text', text: { body: 'hi' } },
	});
	return id;
}

const executions = () => own.executions(workflowId);
const ended = async (count: number) =>
	await until(`${count} executions have ended`, () => {
		const all = executions();
		const isOver = all.every(({ status }) => status === 'success');
		return all.length === count && isOver && own.waiting() === 0 ? all : undefined;
	});

beforeAll(async () => {
	own = await OwnN8n.start();
	const credential = await own.api.saveCredential(
		'WhatsApp Cloud API',
		CREDENTIAL_TYPE,
		testCredentialData(own.simulator.baseUrl),
	);
	const workflow = await own.api.createWorkflow({
		name: 'Collects',
		nodes: [
			{
				id: randomUUID(),
				name: 'WhatsApp Cloud Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'collects',
				parameters: {
					registration: 'phoneNumber',
					events: ['message'],
					settings: { onePerContact: true, collect: { wait: { quietSeconds: 3 } } },
				},
				credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
			},
			{
				id: randomUUID(),
				name: 'Takes a while',
				type: 'n8n-nodes-base.wait',
				typeVersion: 1.1,
				position: [200, 0],
				parameters: { amount: 8, unit: 'seconds' },
			},
		],
		connections: {
			'WhatsApp Cloud Trigger': { main: [[{ node: 'Takes a while', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	workflowId = workflow.id;
	await own.api.activate(workflow);
	await until('it is published', () => own.isPublished(workflowId));
}, START_MS);
afterAll(async () => await own.stop());

test('quick messages start one execution, and those that follow meanwhile the next one', async () => {
	const first = [];
	for (let index = 0; index < 4; index++) first.push(await write('15550200001'));
	const other = await write('15550200002');
	await until('two executions have begun', () => executions().length === 2);
	// Both are written while the first execution runs.
	const next = [await write('15550200001'), await write('15550200001')];
	const all = await ended(3);
	const ids = all.map(({ messageIds }) => [...messageIds].sort());
	expect(ids).toContainEqual([...first].sort());
	expect(ids).toContainEqual([other]);
	expect(ids[2]).toEqual([...next].sort());
});
