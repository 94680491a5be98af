import { convert } from '../../../converter/convert';
import { node, sendNode as send, workflow } from './oldWorkflow';

const old = workflow([send('Send')]);
const json = JSON.stringify(old);

test('an export with a byte order mark', () => {
	expect(convert(`\ufeff${json}`).text).toContain('sendText');
});

test.each([
	['a list', [old, workflow([send('Other')])]],
	['an answer of n8n’s API', { data: [old, old] }],
])('%s of workflows: each is named in the report', (_, content) => {
	const { text, findings } = convert(JSON.stringify(content));
	expect(text.match(/sendText/g)).toHaveLength(2);
	expect(findings[0]).toMatchObject({ workflow: 'Old', node: 'Send' });
});

test('a template of n8n’s store', () => {
	const { text } = convert(JSON.stringify({ id: 1, workflow: old }));
	expect(JSON.parse(text)).toMatchObject({
		id: 1,
		workflow: { nodes: [{ parameters: { operation: 'sendText' } }] },
	});
});

test('a workflow within a node', () => {
	const caller = node('Call', 'executeWorkflow', { source: 'parameter', workflowJson: json });
	const { text, findings } = convert(JSON.stringify(workflow([caller])));
	expect(text).toContain('sendText');
	expect(findings[0]).toMatchObject({ workflow: 'Call', node: 'Send' });
	expect(convert(text).text).toBe(text);
});

test('a workflow that another one calls is named', () => {
	const caller = node('Call', 'executeWorkflow', { workflowId: '7' });
	const { report } = convert(JSON.stringify(workflow([send('Send'), caller])));
	expect(report).toContain('Convert the workflows, too, that these nodes call: "Call".');
});

test('two triggers', () => {
	const trigger = (name: string) => node(name, 'whatsAppTrigger', { updates: ['messages'] });
	const { text } = convert(JSON.stringify(workflow([trigger('A'), trigger('B')])));
	expect(text.match(/whatsAppCloudTrigger/g)).toHaveLength(2);
});

test('nothing to convert: the text stays to the letter', () => {
	const other = `{ "nodes": [],\n"connections": {} }`;
	expect(convert(other)).toEqual({
		text: other,
		findings: [],
		report: "Nothing to convert: no nodes of n8n's WhatsApp integration were found.",
	});
});

test('5 MB', () => {
	const nodes = Array.from({ length: 3_000 }, (_, index) => {
		const text = `={{ $('Node ${index - 1}').item.json.messages[0].id }} ${'x'.repeat(1_500)}`;
		return node(`Node ${index}`, index % 2 === 0 ? 'if' : 'whatsApp', {
			operation: 'send',
			phoneNumberId: '1',
			recipientPhoneNumber: '+15551234567',
			textBody: text,
		});
	});
	const ways = nodes.slice(1).map(({ name }, index) => [`Node ${index}`, name] as const);
	const large = JSON.stringify(workflow(nodes, ways));
	expect(large.length).toBeGreaterThan(5_000_000);
	const { text } = convert(large);
	expect(text.match(/"operation": "sendText"/g)).toHaveLength(1_500);
	expect(convert(text).text).toBe(text);
});

test.each([
	['nothing', '', 'The input is empty.'],
	['no JSON', '{"nodes": [', 'The input is not JSON: '],
	['no workflow', '{"a": 1}', 'The input holds no workflow.'],
	['a list of nodes', JSON.stringify(old.nodes), 'The input holds no workflow.'],
	['a number', '5', 'The input holds no workflow.'],
	['nodes without type', '{"nodes": [{}]}', 'The input holds no workflow.'],
])('%s', (_, text, message) => {
	expect(() => convert(text)).toThrow(message);
});

test.each([
	{ nodes: [send('Send')] },
	{ nodes: [send('Send')], connections: null, pinData: null },
	{ nodes: [send('Send')], connections: { Send: { main: [null] }, Gone: { main: 'x' } } },
	{ nodes: [{ ...send('Send'), parameters: null }], connections: [] },
	{ nodes: [{ type: 'n8n-nodes-base.whatsAppTrigger', name: 'In', parameters: { updates: 5 } }] },
	{ nodes: [send('Send'), send('Send')], connections: { Send: { main: [[{ node: 'Send' }]] } } },
])('odd parts cost nothing: %j', (odd) => {
	expect(convert(JSON.stringify(odd)).text).toContain('n8n-nodes-whatsapp-cloud');
});
