import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nCredential, N8nNode } from '../../scripts/host/n8n-api.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { Gate } from './gate';
import { OwnN8n } from './trigger-host';

const START_MS = 300_000;
const LONG_MS = 300_000;

let own: OwnN8n;
/** Workflow IDs. Each listens to its own people. */
let collects: string;
let patient: string;
let interrupted: string;
let oneAtATime: string;

const numbered = (first: number, count: number): string[] =>
	Array.from({ length: count }, (_, index) => String(first + index));

type Node = Omit<N8nNode, 'id' | 'position' | 'typeVersion'> & { typeVersion: number };

/** Publishes a workflow of the trigger and nodes in a row. @returns its ID */
async function publish(
	name: string,
	credential: N8nCredential,
	settings: Record<string, unknown>,
	following: readonly Node[] = [],
): Promise<string> {
	const trigger: Node = {
		name: 'WhatsApp Cloud Trigger',
		type: TRIGGER_TYPE,
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { registration: 'phoneNumber', events: ['message'], settings },
		credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
	};
	const nodes = [trigger, ...following];
	const workflow = await own.api.createWorkflow({
		name,
		nodes: nodes.map((node, index) => ({
			...node,
			id: randomUUID(),
			position: [200 * index, 0],
		})),
		connections: Object.fromEntries(
			following.map((node, index) => [
				nodes[index]?.name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
		),
		settings: { executionOrder: 'v1' },
	});
	await own.publish(workflow);
	return workflow.id;
}

/** What executions wait at until their test lets them go on. */
const gates = { collects: new Gate(), success: new Gate(), error: new Gate(), next: new Gate() };

const waitsAt = (url: string): Node => ({
	name: 'Takes a while',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url, options: {} },
});

async function send(customer: string, message: Record<string, unknown>): Promise<string> {
	const { phoneNumberId } = testAccount;
	const body = { phoneNumberId, customer, message };
	return (await own.admin<{ id: string }>('POST', '/chat/messages', body)).id;
}

const write = async (customer: string, body = 'hi'): Promise<string> =>
	await send(customer, { type: 'text', text: { body } });

const tap = async (customer: string): Promise<string> =>
	await send(customer, {
		type: 'interactive',
		interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
	});

/** Waits until all executions of a workflow have succeeded and nothing waits. */
const ended = async (workflowId: string, count: number) =>
	await until(
		`${count} executions have ended`,
		() => {
			const all = own.executions(workflowId);
			const isOver = all.every(({ status }) => status === 'success');
			return all.length === count && isOver && own.waiting() === 0 ? all : undefined;
		},
		LONG_MS,
	);

beforeAll(async () => {
	await Promise.all(Object.values(gates).map(async (gate) => await gate.start()));
	gates.next.open();
	own = await OwnN8n.start();
	const data = testCredentialData(own.simulator.baseUrl);
	const credential = await own.api.saveCredential('WhatsApp Cloud API', CREDENTIAL_TYPE, data);
	const collect = (quietSeconds: number) => ({
		collect: { wait: { quietSeconds, longestSeconds: 3_600 } },
	});
	collects = await publish(
		'Collects',
		credential,
		{ ...collect(3), onePerContact: true, senders: numbered(15550200001, 2) },
		[waitsAt(gates.collects.url)],
	);
	patient = await publish('Patient', credential, {
		...collect(600),
		senders: numbered(15550200011, 1),
	});
	interrupted = await publish('Interrupted', credential, {
		...collect(20),
		senders: numbered(15550200021, 1),
	});
	oneAtATime = await publish(
		'One at a time',
		credential,
		{ onePerContact: true, senders: numbered(15550200031, 5) },
		[
			{
				name: 'Waits',
				type: 'n8n-nodes-base.wait',
				typeVersion: 1.1,
				parameters: {
					// What takes longer than 65 seconds, n8n keeps in its database.
					amount: '={{ { canceled: 60, killed: 60, waiting: 3600 }[$json.text] ?? 1 }}',
					unit: 'seconds',
				},
			},
			waitsAt(
				`={{ { success: '${gates.success.url}', error: '${gates.error.url}' }[$json.text] ?? '${gates.next.url}' }}`,
			),
			{
				name: 'Continues',
				type: 'n8n-nodes-base.filter',
				typeVersion: 2,
				parameters: {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
						conditions: [
							{
								id: 'text',
								leftValue: "={{ $('WhatsApp Cloud Trigger').item.json.text }}",
								rightValue: 'error',
								operator: { type: 'string', operation: 'equals' },
							},
						],
						combinator: 'and',
					},
				},
			},
			{
				name: 'Fails',
				type: 'n8n-nodes-base.stopAndError',
				typeVersion: 1,
				parameters: { errorMessage: 'It was to fail' },
			},
		],
	);
}, START_MS);
afterAll(async () => {
	await own.stop();
	await Promise.all(Object.values(gates).map(async (gate) => await gate.stop()));
});

test('quick messages start one execution, and those that follow meanwhile the next one', async () => {
	const first = [];
	for (let index = 0; index < 4; index++) first.push(await write('15550200001'));
	const other = await write('15550200002');
	await until('two executions have begun', () => own.executions(collects).length === 2);
	// Both are written while the first execution runs.
	const next = [await write('15550200001'), await write('15550200001')];
	await until('both wait', () => own.waiting() - own.claimed() === 2);
	gates.collects.open();
	const all = await ended(collects, 3);
	const ids = all.map(({ messageIds }) => [...messageIds].sort());
	expect(ids).toContainEqual([...first].sort());
	expect(ids).toContainEqual([other]);
	expect(ids[2]).toEqual([...next].sort());
});

test('a tap ends the wait', async () => {
	const ids = [await write('15550200011'), await tap('15550200011')];
	const [execution] = await ended(patient, 1);
	expect([...(execution?.messageIds ?? [])].sort()).toEqual(ids.sort());
});

test(
	'n8n killed while collecting: what was collected starts one execution',
	async () => {
		const ids = [];
		for (let index = 0; index < 4; index++) ids.push(await write('15550200021'));
		await until('they are kept', () => own.waiting() === ids.length);
		await own.kill();
		await own.restart();
		const [execution] = await ended(interrupted, 1);
		expect([...(execution?.messageIds ?? [])].sort()).toEqual(ids.sort());
	},
	LONG_MS,
);

describe("a person's next execution begins when the last one", () => {
	test.each([
		['success', '15550200031'],
		['error', '15550200032'],
		['canceled', '15550200033'],
		['waiting', '15550200034'],
		['killed', '15550200035'],
	])(
		'is over: %s',
		async (status, customer) => {
			const { length } = own.executions(oneAtATime);
			// Says what is to become of it.
			await write(customer, status);
			const { id } = await until('it has begun', () => own.executions(oneAtATime)[length]);
			const next = await write(customer, 'next');
			if (status !== 'waiting') {
				await until('the next one waits', () => own.waiting() === 2 && own.claimed() === 1);
			}
			if (status === 'success' || status === 'error') gates[status].open();
			if (status === 'canceled') await own.api.request('POST', `/rest/executions/${id}/stop`);
			if (status === 'killed') {
				await own.kill();
				await own.restart();
			}
			const second = await until(
				'the next one has succeeded',
				() =>
					own
						.executions(oneAtATime)
						.find((each) => each.messageIds.includes(next) && each.status === 'success'),
				LONG_MS,
			);
			expect(own.executions(oneAtATime)).toHaveLength(length + 2);
			await until('nothing waits', () => own.waiting() === 0, LONG_MS);
			// n8n takes its time to notice which executions it was killed with.
			if (status === 'killed') return;
			const first = own.executions(oneAtATime).find((each) => each.id === id);
			expect(first?.status).toBe(status);
			if (status === 'waiting') return;
			const inOrder = [first?.stoppedAt, second.startedAt];
			expect([...inOrder].sort()).toEqual(inOrder);
		},
		LONG_MS,
	);
});
