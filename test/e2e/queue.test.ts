import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
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
import { createListener } from './listener-workflow';
import { allDelivered, disturbWebhooks, isCalled, write } from './simulated-people';

const START_MS = 600_000;
const LONG_MS = 900_000;
const MESSAGES = 200;

const seed = chooseSeed();
const random = createRandom(seed);

let n8n: QueueN8n;

beforeAll(async () => {
	n8n = await QueueN8n.start();
}, START_MS);
afterAll(async () => await n8n.stop());

test(
	`200 messages in queue mode, worker and main killed: each once, in order (FAULTS_SEED=${seed})`,
	async () => {
		const { api, databases } = n8n;
		const admin = n8n.admin.bind(n8n);
		const credential = await api.saveCredential('Queue', CREDENTIAL_TYPE, n8n.credentialData);
		const workflow = await createListener(api, 'Queue', credential);
		await api.activate(workflow);
		await isCalled(n8n.simulatorUrl);
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
