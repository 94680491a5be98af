import type { N8nCredential } from '../../scripts/host/n8n-api.ts';
import { createBatchWorkflow, median, runBatch, type Counters, type Setting } from './setting.ts';

const rounds = 3;

const recipient = '={{ $json.phone }}';
const text = '=Hello {{ $json.name }}, your order is ready.';

/** Without the pace of a number, which the built-in node does not keep either. */
const delivery = { messagesPerSecond: -1 };

/** A way to send a batch, measured. */
interface Contestant {
	name: string;
	workflowId: string;
	/** The floor sends nothing. */
	sends: boolean;
}

export interface SendResult {
	name: string;
	durationsMs: number[];
	medianMs: number;
	perSecond: number;
	counters: Counters;
}

async function contestants(setting: Setting): Promise<Contestant[]> {
	const { api } = setting;
	const builtIn = await api.saveCredential('Bench built-in', 'whatsAppApi', {
		accessToken: 'bench-token',
		businessAccountId: '200000000000001',
	});
	const own = await api.saveCredential('Bench own', 'whatsAppCloudApi', {
		accessToken: 'bench-token',
		businessAccountId: '200000000000001',
		phoneNumberId: '300000000000001',
	});
	const use = (credential: N8nCredential) => ({
		[credential.type]: { id: credential.id, name: credential.name },
	});
	const floor = await createBatchWorkflow(setting, 'Floor', {
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
	const builtInId = await createBatchWorkflow(setting, 'Built-in node', {
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
	const ownId = await createBatchWorkflow(setting, 'This node', {
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
		parameters: { resource: 'message', operation: 'sendText', recipient, text, delivery },
		credentials: use(own),
	});
	const mappedId = await createBatchWorkflow(setting, 'This node, values from the item', {
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
		parameters: {
			resource: 'message',
			operation: 'sendText',
			delivery,
			valuesFrom: 'item',
			renames: {
				rename: [
					{ from: 'phone', to: 'recipient' },
					{ from: 'greeting', to: 'text' },
				],
			},
		},
		credentials: use(own),
	});
	return [
		{ name: 'Floor (same expressions, no requests)', workflowId: floor, sends: false },
		{ name: 'Built-in WhatsApp node', workflowId: builtInId, sends: true },
		{ name: 'This node, two expressions', workflowId: ownId, sends: true },
		{ name: 'This node, values from the item', workflowId: mappedId, sends: true },
	];
}

/** Sends `count` texts with each contestant, in turn, several rounds. */
export async function measureSends(setting: Setting, count: number): Promise<SendResult[]> {
	const items = Array.from({ length: count }, (_, index) => ({
		phone: `+1555${String(2_000_000 + index)}`,
		name: `Customer ${index}`,
		greeting: `Hello Customer ${index}, your order is ready.`,
	}));
	const field = await contestants(setting);
	const results = field.map(({ name }) => ({
		name,
		durationsMs: [] as number[],
		counters: { connections: 0, messages: 0, uploadedBytes: 0 },
	}));
	// Once with few, so that no one pays for what n8n loads at first use.
	for (const [index, { workflowId }] of field.entries()) {
		await setting.counters(true);
		await runBatch(setting, workflowId, items.slice(0, 20));
		const result = results[index];
		if (result) result.counters.connections = (await setting.counters()).connections;
	}
	for (let round = 0; round < rounds; round++) {
		for (const [index, { name, workflowId, sends }] of field.entries()) {
			await setting.counters(true);
			const run = await runBatch(setting, workflowId, items);
			const counters = await setting.counters();
			if (run.error !== null || run.items !== count || (sends && counters.messages !== count)) {
				throw new Error(
					`${name}: ${run.items} items, ${counters.messages} messages, ${run.error ?? 'no error'}`,
				);
			}
			results[index]?.durationsMs.push(run.durationMs);
			const result = results[index];
			// Connections outlive a round: what a later one needs fewer of, the first had opened.
			if (result)
				result.counters = {
					...counters,
					connections: counters.connections + result.counters.connections,
				};
		}
	}
	return results.map((result) => {
		const medianMs = median(result.durationsMs);
		return { ...result, medianMs, perSecond: Math.round((count / medianMs) * 1000) };
	});
}
