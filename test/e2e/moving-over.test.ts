import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../../converter/convert';
import type { Workflow } from '../../converter/workflow/workflow';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import {
	N8nApiError,
	type N8nCredential,
	type N8nWorkflowDefinition,
} from '../../scripts/host/n8n-api.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { samplesFolder } from '../samples';
import { node, workflow } from '../unit/converter/oldWorkflow';
import { until } from '../until';
import { projectFolder } from './host';
import { withStandIns } from './stand-ins';
import { OwnN8n } from './trigger-host';

const startMs = 300_000;
const runMs = 600_000;
const customer = '15550200001';

let own: OwnN8n;
let credential: N8nCredential;

beforeAll(async () => {
	own = await OwnN8n.start();
	// Some of these workflows answer every event, and would answer the statuses of their answers.
	const statuses = { sentAfterMs: null, deliveredAfterMs: null, readAfterMs: null };
	await own.admin('PATCH', '/settings', { statuses });
	credential = await own.api.saveCredential(
		'WhatsApp Cloud API',
		CREDENTIAL_TYPE,
		testCredentialData(own.simulator.baseUrl),
	);
}, startMs);
afterAll(async () => await own.stop());

/** Converts a workflow, imports it with stand-ins, and publishes it. */
async function move(name: string, text: string, kept: readonly string[] = []): Promise<string> {
	const converted = withStandIns(JSON.parse(convert(text).text) as Workflow, credential, kept);
	const nodes = converted.nodes.map((each) => ({ webhookId: randomUUID(), ...each }));
	const created = await own.api.createWorkflow({
		...converted,
		name,
		nodes,
	} as unknown as N8nWorkflowDefinition);
	await own.publish(created);
	return created.id;
}

/** n8n publishes nothing with an empty field; those of the converted nodes say what to fill in. */
function refusedForOthers(error: unknown): null {
	if (!(error instanceof N8nApiError) || error.status !== 400) throw error;
	expect(error.message).not.toMatch(/recipient|template|events|phoneNumberId|credential/i);
	return null;
}

async function write(body: string): Promise<string> {
	const message = { type: 'text', text: { body } };
	const sent = { phoneNumberId: testAccount.phoneNumberId, customer, message };
	return (await own.admin<{ id: string }>('POST', '/chat/messages', sent)).id;
}

/** The outcomes of all messages that a workflow sent, once its executions have ended. */
async function outcomesOf(workflowId: string): Promise<unknown[]> {
	const outcomes: unknown[] = [];
	for (const { id, status } of own.executions(workflowId)) {
		// It has asked somebody, and nobody answers.
		if (status === 'waiting') continue;
		const { data } = await own.api.finishedExecution(id, runMs);
		if (data === undefined) continue;
		for (const run of Object.values(nodeRuns(data)).flat()) {
			for (const { json } of run.outputs.flat()) {
				if (typeof json['outcome'] === 'string') outcomes.push(json['outcome']);
			}
		}
	}
	return outcomes;
}

const settled = async (): Promise<void> => {
	await until('nothing waits for an execution', () => own.waiting() === 0, runMs);
};

/** Texts of the business to the customer. */
async function answers(): Promise<string[]> {
	const { data } = await own.admin<{ data: { type: string; body: { text?: { body: string } } }[] }>(
		'GET',
		'/messages?limit=10000',
	);
	return data.flatMap(({ body }) => body.text?.body ?? []);
}

test(
	'a bot of the built-in nodes answers as before, after moving over',
	async () => {
		const trigger = node('WhatsApp Trigger', 'whatsAppTrigger', {
			updates: ['messages'],
			options: {},
		});
		const isMessage = node(
			'Is Message',
			'filter',
			{
				conditions: {
					options: { version: 2, caseSensitive: true, typeValidation: 'loose' },
					combinator: 'and',
					conditions: [
						{
							id: '1',
							leftValue: '={{ $json.messages?.[0]?.text?.body }}',
							rightValue: '',
							operator: { type: 'string', operation: 'exists', singleValue: true },
						},
					],
				},
				options: {},
			},
			{ typeVersion: 2.2 },
		);
		const answer = node('Answer', 'whatsApp', {
			operation: 'send',
			phoneNumberId: '={{ $json.metadata.phone_number_id }}',
			recipientPhoneNumber: '={{ $json.messages[0].from }}',
			textBody: '=You said: {{ $json.messages[0].text.body }}',
			additionalFields: {},
		});
		const receipt = node('Receipt', 'whatsApp', {
			operation: 'send',
			phoneNumberId: "={{ $('WhatsApp Trigger').item.json.metadata.phone_number_id }}",
			recipientPhoneNumber: '={{ $json.contacts[0].wa_id }}',
			textBody: '=Sent: {{ $json.messages[0].id }}',
			additionalFields: {},
		});
		const old = workflow(
			[trigger, isMessage, answer, receipt],
			[
				['WhatsApp Trigger', 'Is Message'],
				['Is Message', 'Answer'],
				['Answer', 'Receipt'],
			],
		);
		const id = await move('Bot', JSON.stringify(old));
		await write('hello');
		await until('both texts arrive', async () => (await answers()).length === 2, runMs);
		const [first, second] = await answers();
		expect(first).toBe('You said: hello');
		expect(second).toMatch(/^Sent: wamid\./);
		await settled();
		expect(await outcomesOf(id)).toEqual(['sent', 'sent']);
		await own.api.deactivate(id);
	},
	runMs,
);

test(
	'a bot of a Webhook node, code and requests answers as before, after moving over',
	async () => {
		const hook = node(
			'Hook',
			'webhook',
			{
				path: 'bot',
				multipleMethods: true,
				httpMethod: ['GET', 'POST'],
				responseMode: 'responseNode',
			},
			{ typeVersion: 2 },
		);
		const challenge = node('Challenge', 'respondToWebhook', {
			respondWith: 'text',
			responseBody: "={{ $json.query['hub.challenge'] }}",
		});
		const received = node('Received', 'respondToWebhook', { respondWith: 'noData' });
		const read = node(
			'Read',
			'code',
			{
				jsCode: `const body = $input.first().json.body ?? {};
const value = body.entry?.[0]?.changes?.[0]?.value;
if (body.object !== 'whatsapp_business_account' || !value?.messages) return [];
return value.messages.map((message) => ({
	json: { from: message.from, text: message.text.body, number: value.metadata.phone_number_id },
}));`,
			},
			{ typeVersion: 2 },
		);
		const row = (name: string, value: string) => ({ name, value });
		const answer = node(
			'Answer',
			'httpRequest',
			{
				method: 'POST',
				url: '=https://graph.facebook.com/v22.0/{{ $json.number }}/messages',
				sendBody: true,
				bodyParameters: {
					parameters: [
						row('messaging_product', 'whatsapp'),
						row('to', '={{ $json.from }}'),
						row('text.body', '=You wrote: {{ $json.text }}'),
					],
				},
			},
			{ typeVersion: 4.2 },
		);
		const receipt = node(
			'Receipt',
			'httpRequest',
			{
				method: 'POST',
				url: "=https://graph.facebook.com/v22.0/{{ $('Read').item.json.number }}/messages",
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={"messaging_product": "whatsapp", "to": "{{ $('Hook').item.json.body.entry[0].changes[0].value.contacts[0].wa_id }}", "type": "text", "text": {"body": "Sent: {{ $json.messages[0].id }}"}}`,
			},
			{ typeVersion: 4.2 },
		);
		const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
		const old = workflow(
			[hook, challenge, received, read, answer, receipt],
			[
				['Received', 'Read'],
				['Read', 'Answer'],
				['Answer', 'Receipt'],
			],
		);
		const connections = { ...old.connections, Hook: { main: [to('Challenge'), to('Received')] } };
		const before = (await answers()).length;
		const text = JSON.stringify({ ...old, connections });
		const id = await move('Webhook Bot', text, ['n8n-nodes-base.code']);
		await write('good morning');
		await until('both texts arrive', async () => (await answers()).length === before + 2, runMs);
		const [first, second] = (await answers()).slice(before);
		expect(first).toBe('You wrote: good morning');
		expect(second).toMatch(/^Sent: wamid\./);
		await settled();
		expect(await outcomesOf(id)).toEqual(['sent', 'sent']);
		await own.api.deactivate(id);
	},
	runMs,
);

const folder = join(samplesFolder(projectFolder), '../templates');
const files = existsSync(folder)
	? readdirSync(folder).filter((file) => file.endsWith('.json'))
	: [];
if (files.length === 0) {
	process.stderr.write(`NOT CHECKED: workflows of n8n's public store. ${folder} is not there.\n`);
} else {
	test(
		'workflows of n8n’s public store run from a first message to a reply',
		async () => {
			const ids = new Map<string, string>();
			for (const file of files) {
				const text = readFileSync(join(folder, file), 'utf8');
				const receives = /whatsAppTrigger"|hub\.challenge/.test(text);
				if (!receives) continue;
				const id = await move(file, text).catch(refusedForOthers);
				if (id !== null) ids.set(file, id);
			}
			await write('Hello! Which plants are in stock?');
			await until(
				'the message has started executions',
				() => [...ids.values()].every((id) => own.executions(id).length > 0),
				runMs,
			);
			await settled();
			process.stderr.write(`${ids.size} of ${files.length} receive messages and were published\n`);
			const replying: string[] = [];
			for (const [file, id] of ids) {
				if ((await outcomesOf(id)).includes('sent')) replying.push(file);
			}
			process.stderr.write(`${replying.length} of ${ids.size} replied: ${replying.join(' ')}\n`);
			expect(replying.length).toBeGreaterThanOrEqual(10);
		},
		2 * runMs,
	);
}
