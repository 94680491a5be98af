import { ChatClient, readableText } from '../../scripts/host/chat-client.ts';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { chooseSeed, createRandom } from '../faults/random';
import { until } from '../until';
import { QueueN8n } from './queue-host';
import {
	begunBatches,
	countSucceeded,
	endedExecutions,
	keptEvents,
	outcomeOf,
	receivedEvents,
	unclaimedBatches,
} from './received-events';
import { createAsking, outcome, sentTo, startAsking, tap } from './asking-workflow';
import { createListener } from './listener-workflow';
import { allDelivered, disturbWebhooks, isCalled, write } from './simulated-people';

const START_MS = 600_000;
const LONG_MS = 900_000;
const MESSAGES = 200;

const seed = chooseSeed();
const random = createRandom(seed);

let n8n: QueueN8n;
let credential: N8nCredential;
let workflow: N8nWorkflow;

beforeAll(async () => {
	n8n = await QueueN8n.start();
	credential = await n8n.api.saveCredential('Queue', CREDENTIAL_TYPE, n8n.credentialData);
	workflow = await createListener(n8n.api, 'Queue', credential);
	await n8n.api.activate(workflow);
	await isCalled(n8n.simulatorUrl);
}, START_MS);
afterAll(async () => await n8n.stop());

test(
	`200 messages in queue mode, worker and main killed: each once, in order (FAULTS_SEED=${seed})`,
	async () => {
		const { databases } = n8n;
		const admin = n8n.admin.bind(n8n);
		await disturbWebhooks(admin);

		const writing = write(admin, MESSAGES, random);
		/** Only an execution that had begun, and was killed, may take its message with it. */
		const excused = new Set<string>();
		const killAt = async (part: 'main' | 'worker', count: number) => {
			await until(
				'so many have succeeded',
				async () => (await countSucceeded(databases)) >= count,
				LONG_MS,
			);
			await n8n.kill(part);
			for (const batchId of await begunBatches(databases, [workflow.id])) excused.add(batchId);
		};
		await killAt('worker', random.between(10, 50));
		await n8n.launch('worker');
		await killAt('main', random.between(60, 100));
		// Webhooks are answered without it, and what they bring waits.
		const ids = await writing;
		await allDelivered(admin);
		const waiting = await unclaimedBatches(databases);
		expect(waiting.length).toBeGreaterThan(0);
		await n8n.launch('main');
		await until('nothing waits', async () => (await keptEvents(databases)) === 0, LONG_MS);

		expect(await receivedEvents(databases)).toEqual({ batches: MESSAGES, events: MESSAGES });
		expect(excused.size).toBeLessThan(MESSAGES / 4);
		// What a killed worker was running stays so for a while; another execution has taken its place.
		const executions = await endedExecutions(databases, workflow.id, excused);
		const { messageIds, repeated, lost } = outcomeOf(executions, excused);
		expect(repeated).toEqual([]);
		expect(messageIds.filter((id) => !ids.includes(id))).toEqual([]);
		expect(messageIds.length + lost).toBe(MESSAGES);

		// What waited for the main process begins in Meta's order of time, person by person.
		const begun = executions.filter(
			({ batchId, messages }) => waiting.includes(batchId) && messages.length > 0,
		);
		const lastOf = new Map<string, number>();
		for (const { from, id, writtenAt } of begun.flatMap(({ messages }) => messages)) {
			expect({ id, at: writtenAt }).toEqual({ id, at: Math.max(writtenAt, lastOf.get(from) ?? 0) });
			lastOf.set(from, writtenAt);
		}
	},
	LONG_MS,
);

test(
	'an answer goes on in other processes than those that have started and asked',
	async () => {
		const { api } = n8n;
		const chat = new ChatClient(n8n.simulatorUrl);
		const [ada, grace] = ['15550204001', '15550204002'];
		const asking = await createAsking(api, credential, 'queue-asking', {
			responseType: 'approval',
			options: { thanks: 'Thank you.' },
		});
		await api.activate(asking);
		// The webhook process starts it, and a worker asks.
		await startAsking(n8n.webhookUrl, 'queue-asking', [`+${ada}`, `+${grace}`]);
		await until('it waits', async () =>
			(await api.executions(asking.id)).some(({ status }) => status === 'waiting'),
		);
		await n8n.kill('worker');
		await n8n.launch('worker');
		// The webhook process gets the answers, the main process calls, and another worker goes on.
		await tap(chat, ada, 'Approve');
		await tap(chat, grace, 'Deny');
		const { Answered, 'Timed Out': timedOut } = await outcome(api, asking.id);
		expect(timedOut).toEqual([]);
		expect(Answered).toMatchObject([
			{ approved: true, from: { waId: ada } },
			{ approved: false, from: { waId: grace } },
		]);
		for (const waId of [ada, grace]) {
			const [question, ...others] = await sentTo(chat, waId);
			expect(question?.body).toMatchObject({ interactive: { body: { text: 'Pay 500 €?' } } });
			expect(others.map(readableText)).toEqual(['Thank you.']);
		}
	},
	LONG_MS,
);
