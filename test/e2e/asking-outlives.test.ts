import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { createAsking, sentTo, startAsking, tap } from './asking-workflow';
import { createListener } from './listener-workflow';
import { disturbWebhooks, isCalled } from './simulated-people';
import { OwnN8n } from './trigger-host';

const START_MS = 600_000;
const LONG_MS = 900_000;
const PEOPLE = 50;

const people = Array.from({ length: PEOPLE }, (_, index) => `15550202${String(100 + index)}`);

let own: OwnN8n;
let chat: ChatClient;
let credential: N8nCredential;
let listener: N8nWorkflow;

beforeAll(async () => {
	own = await OwnN8n.start();
	chat = new ChatClient(own.simulator.baseUrl);
	const data = testCredentialData(own.simulator.baseUrl);
	credential = await own.api.saveCredential('WhatsApp Cloud API', CREDENTIAL_TYPE, data);
	listener = await createListener(own.api, 'Answers', credential);
	await own.api.activate(listener);
	await isCalled(own.simulator.baseUrl);
}, START_MS);
afterAll(async () => await own.stop());

/** How many executions of a workflow have this status. */
const count = (workflow: N8nWorkflow, ...statuses: string[]): number =>
	own.executions(workflow.id).filter(({ status }) => statuses.includes(status)).length;

test(
	'50 questions outlive n8n, and no answer is lost or doubled if it is killed among the answers',
	async () => {
		const workflow = await createAsking(own.api, credential, 'outlives', {});
		await own.api.activate(workflow);
		for (const waId of people) await startAsking(own.baseUrl, 'outlives', [`+${waId}`]);
		await until('all wait', () => count(workflow, 'waiting') === PEOPLE, LONG_MS);
		await own.kill();
		await own.restart();
		await disturbWebhooks(own.admin.bind(own));

		const [first, second] = [people.slice(0, PEOPLE / 2), people.slice(PEOPLE / 2)];
		for (const waId of first) await tap(chat, waId, 'Approve');
		await until('half of them went on', () => count(workflow, 'success') === first.length, LONG_MS);

		for (const waId of second) await tap(chat, waId, 'Approve');
		await until('some of the others went on', () => count(workflow, 'success') > first.length);
		await own.kill();
		await own.restart();
		await until('nothing waits', () => count(workflow, 'waiting', 'running', 'new') === 0, LONG_MS);
		// What n8n had taken and was carrying out when it was killed, it calls crashed.
		const isOver = count(workflow, 'success') + count(workflow, 'crashed', 'error');
		expect(isOver).toBe(PEOPLE);
		expect(count(workflow, 'success')).toBeGreaterThan(PEOPLE - 10);
		// Everybody was asked once, and the listener's workflow has seen none of the answers.
		for (const waId of people) expect(await sentTo(chat, waId)).toHaveLength(1);
		expect(own.executions(listener.id)).toEqual([]);
	},
	LONG_MS,
);

test(
	"where nothing calls the execution, n8n's own limit ends the wait by the second output",
	async () => {
		const [waId = ''] = people;
		const workflow = await createAsking(own.api, credential, 'no-loop', {
			options: {
				limitWaitTime: {
					values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' },
				},
			},
		});
		await own.api.activate(workflow);
		await startAsking(own.baseUrl, 'no-loop', [`+${waId}`]);
		await until('it waits', () => count(workflow, 'waiting') === 1);
		await own.api.deactivate(listener.id);
		await sleep(1_000);
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const database = new DatabaseSync(join(own.folder, '.n8n', 'database.sqlite'));
		database
			.prepare("UPDATE execution_entity SET waitTill = datetime('now') WHERE workflowId = ?")
			.run(workflow.id);
		database.close();
		await until('it goes on', () => count(workflow, 'success') === 1, 150_000);
		const [execution] = await own.api.executions(workflow.id);
		const { data = '' } = await own.api.execution(String(execution?.id));
		expect(data).toContain('noAnswer');
	},
	LONG_MS,
);
