import type { IDataObject, ISupplyDataFunctions } from 'n8n-workflow';
import { originOf } from '../../../nodes/WhatsAppCloud/memory/host/origin';

type Host = Pick<ISupplyDataFunctions, 'getWorkflowDataProxy' | 'getParentNodes'>;

/**
 * A sub-node whose agent stands behind these nodes, the last of them first; each has outputs.
 *
 * @param items of the agent
 * @param paired the trigger's item of each; null: n8n cannot tell
 */
function hostWith(
	nodes: { name: string; type: string; outputs: IDataObject[][] }[],
	items: IDataObject[] = [{}],
	paired: (IDataObject | null)[] = [],
): Host {
	const proxyOf = (index: number) => ({
		$json: items[index],
		$input: { all: () => items.map((json) => ({ json })) },
		$prevNode: { name: nodes[0]?.name },
		$: (name: string) => {
			const node = nodes.find((each) => each.name === name);
			if (node === undefined) throw new Error('no such node');
			return {
				all: (output: number) => node.outputs[output]?.map((each) => ({ json: each })) ?? [],
				get item(): unknown {
					const json = paired[index] ?? null;
					if (json === null) throw new Error('cannot be traced');
					return { json };
				},
			};
		},
	});
	return {
		getWorkflowDataProxy: (index) => proxyOf(index) as never,
		getParentNodes: () =>
			nodes.slice(1).map(({ name, type }) => ({ name, type, typeVersion: 1, disabled: false })),
	};
}

const trigger = 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger';

const message = (id: string, more: IDataObject = {}): IDataObject => ({
	event: 'message',
	id,
	from: '491511',
	contact: { waId: '491511', userId: 'DE.1' },
	phoneNumberId: '2',
	...more,
});

test('the item of a trigger right before the agent', () => {
	const json = message('wamid.1');
	expect(
		originOf(hostWith([{ name: 'Trigger', type: trigger, outputs: [[json]] }], [json]), 0),
	).toEqual({
		contact: '491511',
		phoneNumberId: '2',
		messageIds: ['wamid.1'],
		people: 1,
		items: 1,
	});
});

test('collected messages, behind other nodes, on any output of the trigger', () => {
	const collected = message('wamid.2', { messages: [message('wamid.1'), message('wamid.2')] });
	const nodes = [
		{ name: 'Set', type: 'n8n-nodes-base.set', outputs: [[{ prompt: 'Hi' }]] },
		{ name: 'Trigger', type: trigger, outputs: [[], [], [collected]] },
	];
	expect(originOf(hostWith(nodes, [{ prompt: 'Hi' }]), 0)).toEqual({
		contact: '491511',
		phoneNumberId: '2',
		messageIds: ['wamid.2', 'wamid.1'],
		people: 1,
		items: 1,
	});
});

test("the formats Raw Event and As n8n's WhatsApp Trigger", () => {
	const raw = { from: '491511', id: 'wamid.1', type: 'text', text: { body: 'Hi' } };
	const before = [{ name: 'Trigger', type: trigger, outputs: [[raw]] }];
	expect(originOf(hostWith(before, [raw]), 0)).toMatchObject({
		contact: '491511',
		messageIds: ['wamid.1'],
	});
	const builtIn = { metadata: { phone_number_id: '2' }, messages: [raw], field: 'messages' };
	expect(
		originOf(hostWith([{ name: 'T', type: trigger, outputs: [[builtIn]] }], [builtIn]), 0),
	).toEqual({
		contact: '491511',
		phoneNumberId: '2',
		messageIds: ['wamid.1'],
		people: 1,
		items: 1,
	});
});

test('somebody without a number, and an execution that no message has started', () => {
	const json = message('wamid.1', { contact: { waId: null, userId: 'DE.1' }, from: 'DE.1' });
	expect(
		originOf(hostWith([{ name: 'T', type: trigger, outputs: [[json]] }], [json]), 0).contact,
	).toBe('DE.1');
	const status = message('wamid.1', { event: 'status' });
	for (const host of [
		hostWith([]),
		hostWith([{ name: 'Schedule', type: 'n8n-nodes-base.schedule', outputs: [[{ now: 1 }]] }]),
		hostWith([{ name: 'T', type: trigger, outputs: [[status]] }], [status]),
	]) {
		expect(originOf(host, 0)).toMatchObject({
			contact: null,
			phoneNumberId: null,
			messageIds: [],
			people: 0,
		});
	}
});

describe('messages of two people in one execution', () => {
	const ana = message('wamid.1');
	const ben = message('wamid.2', { from: '491522', contact: { waId: '491522', userId: 'DE.2' } });
	const nodes = [
		{ name: 'Set', type: 'n8n-nodes-base.set', outputs: [[{ n: 1 }, { n: 2 }]] },
		{ name: 'Trigger', type: trigger, outputs: [[ana, ben]] },
	];

	test('an agent that gets both', () => {
		const direct = nodes.slice(1);
		expect(originOf(hostWith(direct, [ana, ben]), 0)).toMatchObject({ people: 2, items: 2 });
		const traced = hostWith(nodes, [{ n: 1 }, { n: 2 }], [ana, ben]);
		expect(originOf(traced, 0)).toMatchObject({ people: 2, items: 2 });
	});

	test('an agent that gets one of them, as in a loop', () => {
		expect(originOf(hostWith(nodes, [{ n: 2 }], [ben]), 0)).toMatchObject({
			contact: '491522',
			people: 1,
			items: 1,
		});
	});

	test('an item that cannot be traced may be of either', () => {
		expect(originOf(hostWith(nodes, [{ n: 2 }]), 0)).toMatchObject({ people: 2, items: 1 });
		expect(originOf(hostWith(nodes, [{ n: 1 }, { n: 2 }], [ana]), 0)).toMatchObject({ people: 2 });
	});

	test('two messages of one person', () => {
		const later = message('wamid.3', { from: 'DE.1', contact: { waId: null, userId: 'DE.1' } });
		const both = [{ name: 'Trigger', type: trigger, outputs: [[ana, later]] }];
		expect(originOf(hostWith(both, [ana, later]), 0)).toMatchObject({ people: 1, items: 2 });
	});
});
