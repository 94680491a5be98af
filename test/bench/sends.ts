import type { N8nCredential } from '../../scripts/host/n8n-api.ts';
import { orderTemplate, templateItem } from './orderTemplate.ts';
import { postgresFields, type PostgresConnection } from '../postgres.ts';
import {
	createBatchWorkflow,
	median,
	peakMemoryMb,
	resetPeakMemory,
	runBatch,
	type Counters,
	type Testbed,
} from './testbed.ts';

/** Beyond this, the built-in node blocks n8n until its database calls time out. */
const mostForBuiltIn = 2_000;

const recipient = '={{ $json.phone }}';
const text = '=Hello {{ $json.name }}, your order is ready.';

/** No rate limit, as the built-in node has none. */
const delivery = { messagesPerSecond: -1 };

export const baselineName = 'Baseline (same expressions, no requests)';
export const builtInName = 'Built-in WhatsApp node';

const calculated = 'two calculated expressions';
const templateName = 'template mapped automatically';
const defaultState = 'SQLite';

/** How the node gets its values. */
const ways = {
	'two expressions': { recipient, text },
	// The node reads an item's members itself; other expressions go to n8n's engine.
	[calculated]: {
		recipient: '={{ $json.phone.trim() }}',
		text: '=Hello {{ $json.name.trim() }}, your order is ready.',
	},
	'values from the item': {
		valuesFrom: 'item',
		renames: {
			rename: [
				{ from: 'phone', to: 'recipient' },
				{ from: 'greeting', to: 'text' },
			],
		},
	},
};

/** Where the node keeps its state. */
const states = (connection: PostgresConnection) => ({
	'state off': { stateStore: 'off' },
	[defaultState]: { stateStore: 'sqlite' },
	PostgreSQL: postgresFields(connection),
});

/** A way of sending a batch, to be measured. */
export interface Contestant {
	name: string;
	workflowId: string;
	/** False for the baseline, which sends nothing. */
	sends: boolean;
}

interface SendResult {
	name: string;
	durationsMs: number[];
	medianMs: number;
	perSecond: number;
	counters: Counters;
	/** Increase of n8n's peak memory in a run; the smallest of all rounds. */
	memoryMb: number;
}

/** @param postgres for those that keep their state in PostgreSQL */
export async function createContestants(
	testbed: Testbed,
	postgres: PostgresConnection,
): Promise<Contestant[]> {
	const { api } = testbed;
	const builtIn = await api.saveCredential('Bench built-in', 'whatsAppApi', {
		accessToken: 'bench-token',
		businessAccountId: '200000000000001',
	});
	const use = (credential: N8nCredential) => ({
		[credential.type]: { id: credential.id, name: credential.name },
	});
	const baseline = await createBatchWorkflow(testbed, 'Baseline', {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: [
					{ id: 'a', name: 'recipient', type: 'string', value: recipient },
					{ id: 'b', name: 'text', type: 'string', value: text },
				],
			},
			options: {},
		},
	});
	const builtInId = await createBatchWorkflow(testbed, 'Built-in node', {
		type: 'n8n-nodes-base.whatsApp',
		parameters: {
			resource: 'message',
			operation: 'send',
			phoneNumberId: '300000000000001',
			recipientPhoneNumber: recipient,
			textBody: text,
		},
		credentials: use(builtIn),
	});
	const own: Contestant[] = [];
	for (const [stateName, state] of Object.entries(states(postgres))) {
		const credential = await api.saveCredential(`Bench ${stateName}`, 'whatsAppCloudApi', {
			accessToken: 'bench-token',
			businessAccountId: '200000000000001',
			phoneNumberId: '300000000000001',
			advancedSettings: true,
			...state,
		});
		for (const [waysName, parameters] of Object.entries(ways)) {
			if (waysName === calculated && stateName !== defaultState) continue;
			const name = `This node, ${waysName}, ${stateName}`;
			const workflowId = await createBatchWorkflow(testbed, name, {
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				parameters: { resource: 'message', operation: 'sendText', delivery, ...parameters },
				credentials: use(credential),
			});
			own.push({ name, workflowId, sends: true });
		}
		if (stateName === defaultState) {
			const name = `This node, ${templateName}, ${stateName}`;
			const workflowId = await createBatchWorkflow(testbed, name, {
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				parameters: { resource: 'message', delivery, ...orderTemplate },
				credentials: use(credential),
			});
			own.push({ name, workflowId, sends: true });
		}
	}
	return [
		{ name: baselineName, workflowId: baseline, sends: false },
		{ name: builtInName, workflowId: builtInId, sends: true },
		...own,
	];
}

/** Sends `count` texts with each contestant in turn, for several rounds. */
export async function measureSends(
	testbed: Testbed,
	contestants: readonly Contestant[],
	count: number,
	rounds: number,
): Promise<SendResult[]> {
	const items = Array.from({ length: count }, (_, index) => ({
		phone: `+1555${String(2_000_000 + index)}`,
		name: `Customer ${index}`,
		greeting: `Hello Customer ${index}, your order is ready.`,
		...templateItem(index),
	}));
	const field = contestants.filter(({ name }) => name !== builtInName || count <= mostForBuiltIn);
	const entries = field.map((contestant) => ({
		...contestant,
		durationsMs: [] as number[],
		memoriesMb: [] as number[],
		counters: { connections: 0, messages: 0, uploadedBytes: 0 },
	}));
	// Once with a few, so that no contestant pays for what n8n loads on first use.
	for (const entry of entries) {
		await runBatch(testbed, entry.workflowId, items.slice(0, 20));
	}
	const { pid } = testbed.n8n;
	for (let round = 0; round < rounds; round++) {
		for (const entry of entries) {
			const { name, workflowId, sends } = entry;
			await testbed.counters(true);
			await resetPeakMemory(pid);
			const memoryBeforeMb = await peakMemoryMb(pid);
			const run = await runBatch(testbed, workflowId, items);
			entry.memoriesMb.push((await peakMemoryMb(pid)) - memoryBeforeMb);
			const counters = await testbed.counters();
			if (run.error !== null || run.items !== count || (sends && counters.messages !== count)) {
				throw new Error(
					`${name}: ${run.items} items, ${counters.messages} messages, ${run.error ?? 'no error'}`,
				);
			}
			entry.durationsMs.push(run.durationMs);
			const connections = Math.max(counters.connections, entry.counters.connections);
			entry.counters = { ...counters, connections };
		}
	}
	return entries.map(({ name, durationsMs, memoriesMb, counters }) => {
		const medianMs = median(durationsMs);
		const perSecond = Math.round((count / medianMs) * 1000);
		return { name, durationsMs, medianMs, perSecond, counters, memoryMb: Math.min(...memoriesMb) };
	});
}
