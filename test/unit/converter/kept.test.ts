import { convert } from '../../../converter/convert';
import { converted, node, sendNode as send, workflow } from './oldWorkflow';

describe('kept', () => {
	test('names, places, settings, notes, webhook IDs and other nodes', () => {
		const more = {
			disabled: true,
			notes: 'Mine',
			notesInFlow: true,
			onError: 'continueRegularOutput',
			retryOnFail: true,
			webhookId: 'w',
		};
		const other = node('Other', '@n8n/n8n-nodes-langchain.agent', { text: '={{ $json.a }}' });
		const foreign = node('Foreign', 'n8n-nodes-other.whatsApp', { operation: 'send' });
		const old = { ...send('Send'), ...more };
		const { nodeOf, workflow: now } = converted({
			...workflow([old, other, foreign], [['Other', 'Send']]),
			settings: { executionOrder: 'v1' },
			meta: { a: 1 },
		});
		const shared = { name: 'Send', position: [10, 20], id: 'id of Send', ...more };
		expect(nodeOf('Send')).toMatchObject(shared);
		expect(nodeOf('Other')).toEqual(other);
		expect(nodeOf('Foreign')).toEqual(foreign);
		expect(now).toMatchObject({ settings: { executionOrder: 'v1' }, meta: { a: 1 } });
		expect(now.connections).toEqual({
			Other: { main: [[{ node: 'Send', type: 'main', index: 0 }]] },
		});
	});

	test('pinned data, in the shape of the items now', () => {
		const answer = { contacts: [{ input: '+1', wa_id: '1' }], messages: [{ id: 'wamid.1' }] };
		const incoming = [{ json: { messages: [{ id: 'wamid.2' }] } }];
		const { workflow: now } = converted({
			...workflow([send('Send'), node('In', 'whatsAppTrigger', { updates: ['messages'] })]),
			pinData: { Send: [{ json: answer }], In: incoming },
		});
		expect(now.pinData).toEqual({
			Send: [{ json: { messageId: 'wamid.1', recipient: { waId: '1', input: '+1' } } }],
			In: incoming,
		});
	});

	test('credentials by name, one for sending and the trigger', () => {
		const named = (type: string, name: string) => ({ credentials: { [type]: { id: '7', name } } });
		const { nodeOf, textsOf } = converted(
			workflow([
				{ ...send('Send'), ...named('whatsAppApi', 'Shop') },
				{
					...node('In', 'whatsAppTrigger', { updates: ['messages'] }),
					...named('whatsAppTriggerApi', 'OAuth'),
				},
			]),
		);
		const shop = { whatsAppCloudApi: { id: null, name: 'Shop' } };
		expect([nodeOf('Send').credentials, nodeOf('In').credentials]).toEqual([shop, shop]);
		expect(textsOf('toDo', null)).toContainEqual(expect.stringContaining('with the name "Shop"'));
	});
});

describe('phone numbers by their IDs', () => {
	const old = workflow([
		send('Send'),
		{
			...send('Same'),
			parameters: { ...(send('').parameters as object), phoneNumberId: '={{ $json.id }}' },
		},
	]);

	test('are kept, and told', () => {
		const { nodeOf, textsOf } = converted(old);
		expect(nodeOf('Send').parameters).toMatchObject({
			phoneNumberId: { value: '106540352242922' },
		});
		expect(textsOf('toDo', null)).toContainEqual(
			expect.stringContaining('106540352242922 sends, as before, in "Send".'),
		);
	});

	test('or give way to the number of the credential; expressions stay', () => {
		const { text, report } = convert(JSON.stringify(old), { defaultSender: true });
		expect(text).not.toContain('106540352242922');
		expect(text).toContain('={{ $json.id }}');
		expect(report).not.toContain('sends, as before');
	});
});

test('the output for errors stays the last one, behind what was not answered in time', () => {
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const ask = (options: object) =>
		converted({
			...workflow([
				node(
					'Ask',
					'whatsApp',
					{ operation: 'sendAndWait', message: 'Yes?', options },
					{ onError: 'continueErrorOutput' },
				),
				node('Next', 'noOp', {}),
				node('Failed', 'noOp', {}),
			]),
			connections: { Ask: { main: [to('Next'), to('Failed')] } },
		}).workflow.connections;
	expect(ask({})).toEqual({ Ask: { main: [to('Next'), [], to('Failed')] } });
	const limitWaitTime = { values: { resumeAmount: 1 } };
	expect(ask({ limitWaitTime })).toEqual({
		Ask: { main: [to('Next'), to('Next'), to('Failed')] },
	});
});

test('fields as a list holds them, in files that were not made by an editor', () => {
	const listed = (value: string) => ({ __rl: true, mode: 'list', value });
	const { nodeOf } = converted(
		workflow([
			node('Send', 'whatsApp', {
				operation: 'send',
				phoneNumberId: listed('106540352242922'),
				recipientPhoneNumber: listed('15551234567'),
				textBody: 'Hi',
			}),
		]),
	);
	expect(nodeOf('Send').parameters).toMatchObject({
		phoneNumberId: { value: '106540352242922' },
		recipient: '+15551234567',
	});
});

test('fields that the node does not have are told', () => {
	const { textsOf } = converted(
		workflow([node('Send', 'whatsApp', { operation: 'send', to: '+15551234567', body: 'Hi' })]),
	);
	expect(textsOf('toDo', 'Send')).toContainEqual(expect.stringContaining('left out: to, body.'));
});

test('two triggers: told, since both start now', () => {
	const trigger = (name: string, more: object = {}) =>
		node(name, 'whatsAppTrigger', { updates: ['messages'] }, more);
	const { textsOf } = converted(workflow([trigger('A'), trigger('B')]));
	expect(textsOf('toDo', null)).toContainEqual(expect.stringContaining('"A", "B"'));
	const one = converted(workflow([trigger('A'), trigger('B', { disabled: true })]));
	expect(one.textsOf('toDo', null)).not.toContainEqual(expect.stringContaining('"A", "B"'));
});

test('items for another workflow that have other members now: told', () => {
	const call = node('Call', 'executeWorkflow', { workflowId: '7' });
	const { textsOf } = converted(workflow([send('Send'), call], [['Send', 'Call']]));
	expect(textsOf('toDo', 'Call')).toEqual([expect.stringContaining('hands items on')]);
});

describe('left, and told', () => {
	test.each([
		['an unknown version', { typeVersion: 2 }, {}, 'version 2'],
		['an unknown operation', {}, { operation: 'sendSticker' }, 'sendSticker'],
		['an unknown type', {}, { operation: 'send', messageType: 'poll' }, '"poll"'],
		['an operation by expression', {}, { operation: '={{ $json.a }}' }, 'by an expression'],
	])('%s', (_, more, parameters, text) => {
		const old = workflow([node('Send', 'whatsApp', parameters, more)]);
		const file = convert(JSON.stringify(old));
		expect(JSON.parse(file.text)).toEqual(old);
		expect(file.findings).toMatchObject([{ kind: 'left', node: 'Send' }]);
		expect(file.findings[0]?.text).toContain(text);
	});

	test('request options', () => {
		const old = send('Send');
		const requestOptions = { batching: { batch: { batchSize: 1 } } };
		const parameters = { ...(old.parameters as object), requestOptions };
		expect(converted(workflow([{ ...old, parameters }])).textsOf('toDo', 'Send')).toEqual([
			expect.stringContaining('by themselves: batching.'),
		]);
	});

	test('what was empty says so at the field', () => {
		const { nodeOf, textsOf } = converted(
			workflow([node('Send', 'whatsApp', { operation: 'send' })]),
		);
		expect(nodeOf('Send').parameters).toMatchObject({
			recipient: "={{ /* Fill in: Recipient */ '' }}",
			text: "={{ /* Fill in: Text */ '' }}",
		});
		expect(textsOf('toDo', 'Send').sort()).toEqual([
			'Recipient was empty. Fill it in.',
			"Sender was empty. The credential's default phone number sends now.",
			'Text was empty. Fill it in.',
		]);
	});
});
