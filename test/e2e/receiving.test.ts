import { setTimeout as sleep } from 'node:timers/promises';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { chooseSeed, createRandom } from '../faults/random';
import { until } from '../until';
import {
	begunBatches,
	countSucceeded,
	databaseFiles,
	endedExecutions,
	keptEvents,
	outcomeOf,
	overtakers,
	receivedEvents,
} from './received-events';
import { createListener } from './listener-workflow';
import { allDelivered, disturbWebhooks, isCalled, write } from './simulated-people';
import { OwnN8n } from './trigger-host';

const START_MS = 600_000;
const LONG_MS = 900_000;
const KILLS = 10;
const PER_KILL = 50;
const MESSAGES = KILLS * PER_KILL;
/** A message that arrives this long before a newer one of the same person begins is not late. */
const IN_TIME_MS = 5_000;

const seed = chooseSeed();
const random = createRandom(seed);

let own: OwnN8n;

beforeAll(async () => {
	// As docs/trigger.md advises; it also makes a thousand executions a matter of a minute.
	own = await OwnN8n.start({ N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' });
}, START_MS);
afterAll(async () => await own.stop());

test(
	`500 messages, repeated, out of order and retried, n8n killed ten times: each once (FAULTS_SEED=${seed})`,
	async () => {
		const admin = own.admin.bind(own);
		const data = testCredentialData(own.simulator.baseUrl);
		const credential = await own.api.saveCredential('WhatsApp Cloud API', CREDENTIAL_TYPE, data);
		const workflowIds: string[] = [];
		for (const name of ['First', 'Second']) {
			const workflow = await createListener(own.api, name, credential);
			await own.api.activate(workflow);
			workflowIds.push(workflow.id);
		}
		await until('both listen', () => own.listeners().length === 2);
		await isCalled(own.simulator.baseUrl);
		const tried = await createListener(own.api, 'Tried out', credential);
		await own.api.request('POST', `/rest/workflows/${tried.id}/run`, {
			triggerToStartFrom: { name: 'WhatsApp Cloud Trigger' },
		});
		await until('the test run listens', () => own.listeners().length === 3);
		await disturbWebhooks(admin);

		const databases = databaseFiles(own.folder);
		const ids: string[] = [];
		/** Only an execution that had begun, and was killed, may take its message with it. */
		const excused = new Set<string>();
		for (let kill = 0; kill < KILLS; kill++) {
			const writing = write(admin, PER_KILL, random);
			// Anywhere between the first of these executions and the last ones.
			const more = random.between(1, PER_KILL * workflowIds.length - 10);
			const moment = (await countSucceeded(databases)) + more;
			const isMoment = async () => (await countSucceeded(databases)) >= moment;
			await until('so many have succeeded', isMoment, LONG_MS);
			await until('the test run is over', () => own.executions(tried.id)[0]?.status === 'success');
			await sleep(random.between(0, 300));
			await own.kill();
			for (const batchId of await begunBatches(databases, workflowIds)) excused.add(batchId);
			ids.push(...(await writing));
			await own.restart();
		}
		await allDelivered(admin);
		// What a killed execution had claimed is left after a minute.
		await until('nothing waits', async () => (await keptEvents(databases)) === 0, LONG_MS);

		const all = MESSAGES * workflowIds.length;
		expect(await receivedEvents(databases)).toEqual({ batches: all, events: all });
		expect(excused.size).toBeLessThan(all / 4);
		for (const workflowId of workflowIds) {
			const executions = await endedExecutions(databases, workflowId, excused);
			const { messageIds, repeated, lost } = outcomeOf(executions, excused);
			expect(repeated).toEqual([]);
			expect(messageIds.filter((id) => !ids.includes(id))).toEqual([]);
			expect(messageIds.length + lost).toBe(MESSAGES);
			expect(overtakers(executions, IN_TIME_MS)).toEqual([]);
		}
		const tests = own.executions(tried.id);
		expect(tests.map(({ mode, messageIds }) => [mode, messageIds.length])).toEqual([['manual', 1]]);
	},
	LONG_MS,
);
