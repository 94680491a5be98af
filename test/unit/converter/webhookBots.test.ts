import { convert } from '../../../converter/convert';
import { converted, node, sendNode, workflow } from './oldWorkflow';

describe('a bot of Webhook nodes', () => {
	const value = 'body.entry[0].changes[0].value';
	const hook = (name: string, more: object = {}) =>
		node(
			name,
			'webhook',
			{ path: 'hook', options: {}, ...more },
			{ typeVersion: 2, webhookId: 'w' },
		);
	const respond = node('Respond', 'respondToWebhook', {
		responseBody: "={{ $json.query['hub.challenge'] }}",
	});
	const isMessage = node('Is Message', 'if', {
		value: `={{ $json.${value}.messages[0] }}`,
		object: '={{ $json.body.object }}',
	});
	const answer = node('Answer', 'whatsApp', {
		operation: 'send',
		phoneNumberId: `={{ $('Events').item.json.${value}.metadata.phone_number_id }}`,
		recipientPhoneNumber: `={{ $json.${value}.messages[0].from }}`,
		textBody: `={{ $json.${value}.messages[0].text.body }} {{ $json.body.entry[0].id }}`,
	});

	test('the branch that answers Meta goes, the trigger comes', () => {
		const {
			nodeOf,
			workflow: now,
			textsOf,
		} = converted(
			workflow(
				[
					hook('Verify'),
					respond,
					hook('Events', { httpMethod: 'POST' }),
					node('OK', 'respondToWebhook', {}),
					isMessage,
					answer,
				],
				[
					['Verify', 'Respond'],
					['Events', 'OK'],
					['OK', 'Is Message'],
					['Is Message', 'Answer'],
				],
			),
		);
		expect(now.nodes.map(({ name }) => name)).toEqual(['Events', 'Is Message', 'Answer']);
		expect(now.connections).toEqual({
			Events: { main: [[{ node: 'Is Message', type: 'main', index: 0 }]] },
			'Is Message': { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
		});
		expect(nodeOf('Events')).toMatchObject({
			type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger',
			typeVersion: 2,
			webhookId: 'w',
			parameters: { registration: 'app', outputFormat: 'builtIn' },
		});
		expect(nodeOf('Is Message').parameters).toEqual({
			value: '={{ $json.messages[0] }}',
			object: "={{ 'whatsapp_business_account' }}",
		});
		expect(nodeOf('Answer').parameters).toMatchObject({
			phoneNumberId: { value: "={{ $('Events').item.json.metadata.phone_number_id }}" },
			recipient: '={{ $json.messages[0].from }}',
			text: '={{ $json.messages[0].text.body }} {{ $json.body.entry[0].id }}',
		});
		expect(textsOf('toDo', 'Answer')).toEqual([expect.stringContaining('body.entry[0].id')]);
	});

	test('one node for both methods', () => {
		const old = workflow(
			[hook('Events', { multipleMethods: true, httpMethod: ['GET', 'POST'] }), respond, isMessage],
			[],
		);
		const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
		const { workflow: now } = converted({
			...old,
			connections: { Events: { main: [to('Respond'), to('Is Message')] } },
		});
		expect(now.nodes.map(({ name }) => name)).toEqual(['Events', 'Is Message']);
		expect(now.connections).toEqual({ Events: { main: [to('Is Message')] } });
	});

	test('a branch that does more stays, and is told', () => {
		const { workflow: now, textsOf } = converted(
			workflow(
				[
					hook('Verify'),
					respond,
					node('Tell', 'slack', {}),
					hook('Events', { httpMethod: 'POST' }),
					isMessage,
				],
				[
					['Verify', 'Respond'],
					['Respond', 'Tell'],
					['Events', 'Is Message'],
				],
			),
		);
		expect(now.nodes).toHaveLength(5);
		expect(textsOf('toDo', 'Events')).toContainEqual(expect.stringContaining('does more'));
	});

	test('code that takes the value apart later', () => {
		const code = node('Read', 'code', {
			jsCode: `const value = items[0].json.${value}; return [{ json: { text: value.messages[0].text.body } }];`,
		});
		const { nodeOf } = converted(
			workflow(
				[hook('Events', { httpMethod: 'POST' }), code, answer],
				[
					['Events', 'Read'],
					['Read', 'Answer'],
				],
			),
		);
		expect(nodeOf('Events').type).toBe('n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger');
		expect(nodeOf('Read').parameters).toEqual({
			jsCode:
				'const value = items[0].json; return [{ json: { text: value.messages[0].text.body } }];',
		});
	});

	test('events that are read in a way that is not followed: told', () => {
		const code = node('Read', 'code', { jsCode: 'return read($input.all())' });
		const { textsOf } = converted(
			workflow(
				[hook('Verify'), respond, hook('Events', { httpMethod: 'POST' }), code, sendNode('Send')],
				[
					['Verify', 'Respond'],
					['Events', 'Read'],
				],
			),
		);
		expect(textsOf('left', 'Events')).toEqual([expect.stringContaining('was not understood')]);
	});

	test('other webhooks stay', () => {
		const old = workflow(
			[
				hook('Events', { httpMethod: 'POST' }),
				node('Next', 'set', { value: '={{ $json.body.entry[0].messaging }}' }),
			],
			[['Events', 'Next']],
		);
		expect(JSON.parse(convert(JSON.stringify(old)).text)).toEqual(old);
	});
});
