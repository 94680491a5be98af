import { convert } from '../../../converter/convert';
import { converted, node, workflow } from './oldWorkflow';

const phoneNumberId = '106540352242922';
const about = node('About', 'stickyNote', { content: 'WhatsApp' });

describe('requests to Meta', () => {
	const request = (jsonBody: string, more: object = {}) =>
		node(
			'Post',
			'httpRequest',
			{
				method: 'POST',
				url: `https://graph.facebook.com/v21.0/${phoneNumberId}/messages`,
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'Authorization', value: 'Bearer EAAG' }] },
				sendBody: true,
				specifyBody: 'json',
				jsonBody,
				options: {},
				...more,
			},
			{ typeVersion: 4.2 },
		);
	const body =
		'={ "messaging_product": "whatsapp", "to": "{{ $json.to }}", "type": "text", "text": { "body": "Hi" } }';

	test('a message becomes Send Custom Message, without the token', () => {
		const { nodeOf, text, textsOf } = converted(
			workflow(
				[request(body), node('Next', 'set', { id: '={{ $json.messages[0].id }}' })],
				[['Post', 'Next']],
			),
		);
		expect(nodeOf('Post')).toMatchObject({
			type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
			parameters: {
				resource: 'message',
				operation: 'sendCustom',
				phoneNumberId: { mode: 'id', value: phoneNumberId },
				customBody: body,
			},
		});
		expect(nodeOf('Next').parameters).toEqual({ id: '={{ $json.messageId }}' });
		expect(text).not.toContain('EAAG');
		expect(textsOf('toDo', 'Post')).toEqual([expect.stringContaining('held an access token')]);
	});

	test('a read receipt becomes Mark as Read', () => {
		const receipt =
			'={"messaging_product":"whatsapp","status":"read","message_id":"{{ $json.messages[0].id }}","typing_indicator":{"type":"text"}}';
		expect(converted(workflow([request(receipt)])).nodeOf('Post').parameters).toEqual({
			resource: 'message',
			operation: 'markAsRead',
			phoneNumberId: { __rl: true, mode: 'id', value: phoneNumberId },
			messageId: '={{ $json.messages[0].id }}',
			options: { typingIndicator: true },
		});
	});

	test('a look-up of a file becomes Media › Get', () => {
		const url = '=https://graph.facebook.com/v21.0/{{ $json.messages[0].image.id }}';
		const look = node('Look', 'httpRequest', { url, options: {} }, { typeVersion: 4.2 });
		expect(converted(workflow([look, about])).nodeOf('Look').parameters).toEqual({
			resource: 'media',
			operation: 'get',
			mediaId: '={{ $json.messages[0].image.id }}',
		});
	});

	const rows = (...parameters: [string, unknown][]) => ({
		parameters: parameters.map(([name, value]) => ({ name, value })),
	});

	test.each([
		[
			'by fields',
			{
				specifyBody: 'keypair',
				bodyParameters: rows(
					['messaging_product', 'whatsapp'],
					['to', '={{ $json.from }}'],
					['text.body', '=Hello {{ $json.name }}!'],
				),
			},
			`={{ JSON.stringify({ "messaging_product": "whatsapp", "to": ($json.from), "text": { "body": ["Hello ", ($json.name), "!"].join("") } }) }}`,
		],
		[
			'by fields that hold JSON',
			{
				specifyBody: 'keypair',
				bodyParameters: rows(['messaging_product', 'whatsapp'], ['text', '{"body":"Hi"}']),
			},
			`={{ JSON.stringify({ "messaging_product": "whatsapp", "text": { "body": "Hi" } }) }}`,
		],
		['as a raw text', { contentType: 'raw', rawContentType: 'application/json', body }, body],
		[
			'as an object',
			{ jsonBody: "={{ { messaging_product: 'whatsapp', to: $json.to, type: 'text' } }}" },
			"={{ { messaging_product: 'whatsapp', to: $json.to, type: 'text' } }}",
		],
	])('a body %s', (_, more, customBody) => {
		expect(converted(workflow([request(body, more)])).nodeOf('Post').parameters).toMatchObject({
			operation: 'sendCustom',
			customBody,
		});
	});

	test.each([
		['={{ $json.name }}, your order is ready', '[($json.name), ", your order is ready"].join("")'],
		['=[Shop] Hello {{ $json.name }}', '["[Shop] Hello ", ($json.name)].join("")'],
		[
			'={"body": "Hello {{ $json.name }}"}',
			String.raw`JSON.parse(["{\"body\": \"Hello ", ($json.name), "\"}"].join(""))`,
		],
	])('the text of a field: %s', (value, code) => {
		const bodyParameters = rows(['messaging_product', 'whatsapp'], ['x', value]);
		const { nodeOf } = converted(
			workflow([request('', { specifyBody: 'keypair', bodyParameters })]),
		);
		expect(nodeOf('Post').parameters).toMatchObject({
			customBody: `={{ JSON.stringify({ "messaging_product": "whatsapp", "x": ${code} }) }}`,
		});
	});

	test.each([
		['=Bearer EAAG', true],
		['=Bearer {{ $json.token }}', false],
	])('whether a token was in the header: %s', (value, isTold) => {
		const headerParameters = { parameters: [{ name: 'Authorization', value }] };
		const { textsOf } = converted(workflow([request(body, { headerParameters })]));
		expect(textsOf('toDo', 'Post').some((text) => text.includes('access token'))).toBe(isTold);
	});

	test('that errors went on is told', () => {
		const options = { response: { response: { neverError: true } } };
		const { textsOf } = converted(workflow([request(body, { options })]));
		expect(textsOf('toDo', 'Post')).toContainEqual(expect.stringContaining('Never Error'));
	});

	test.each([
		['of no workflow about WhatsApp', '{{ $json.media_id }}', {}, []],
		['of another ID', '{{ $json.profile_id }}', {}, [about]],
		[
			'with the credential of another product',
			'{{ $json.media_id }}',
			{ authentication: 'predefinedCredentialType', nodeCredentialType: 'facebookGraphApi' },
			[about],
		],
	])('a look-up %s stays', (_, id, more, others) => {
		const url = `=https://graph.facebook.com/v19.0/${id}`;
		const look = node('Look', 'httpRequest', { url, ...more }, { typeVersion: 4.2 });
		const { nodeOf } = converted(workflow([look, ...others]));
		expect(nodeOf('Look').type).toBe('n8n-nodes-base.httpRequest');
	});

	test.each([
		[`https://graph.facebook.com/${phoneNumberId}/messages`, phoneNumberId],
		[`https://graph.facebook.com/v22.0/${phoneNumberId}/messages?access_token=EAAG`, phoneNumberId],
		['=https://graph.facebook.com/{{ $json.v }}/{{ $json.id }}/messages', '={{ $json.id }}'],
		["={{ 'https://graph.facebook.com/v22.0/' + $json.id + '/messages' }}", '={{ $json.id }}'],
		['={{ `https://graph.facebook.com/v22.0/${$json.id}/messages` }}', '={{ $json.id }}'],
	])('from the number of %s', (url, id) => {
		const { nodeOf, text } = converted(workflow([request(body, { url })]));
		expect(nodeOf('Post').parameters).toMatchObject({ phoneNumberId: { value: id } });
		expect(text).not.toContain('EAAG');
	});

	test('from a number that is to be filled in', () => {
		const url = 'https://graph.facebook.com/v22.0/YOUR_PHONE_NUMBER_ID/messages';
		const { nodeOf, textsOf } = converted(workflow([request(body, { url })]));
		expect(nodeOf('Post').parameters).toEqual({
			resource: 'message',
			operation: 'sendCustom',
			customBody: body,
		});
		expect(textsOf('toDo', 'Post')).toContainEqual(
			expect.stringContaining('Sender was "YOUR_PHONE_NUMBER_ID"'),
		);
	});

	test.each([1, 2])('version %d of the node', (typeVersion) => {
		const old = node(
			'Post',
			'httpRequest',
			{
				requestMethod: 'POST',
				url: `https://graph.facebook.com/v15.0/${phoneNumberId}/messages`,
				jsonParameters: true,
				options: {},
				bodyParametersJson: body,
				headerParametersJson: '{"Authorization": "Bearer EAAG"}',
			},
			{ typeVersion },
		);
		const { nodeOf, text } = converted(workflow([old]));
		expect(nodeOf('Post').parameters).toMatchObject({ operation: 'sendCustom', customBody: body });
		expect(text).not.toContain('EAAG');
	});

	test('a look-up and the request behind it, in whatever order the file has them', () => {
		const look = node(
			'Look',
			'httpRequest',
			{ url: '=https://graph.facebook.com/v21.0/{{ $json.mediaId }}' },
			{ typeVersion: 4.2 },
		);
		const fetch = node(
			'Fetch',
			'httpRequest',
			{ url: '={{ $json.url }}', responseFormat: 'file', dataPropertyName: 'voice' },
			{ typeVersion: 2 },
		);
		const { nodeOf } = converted(workflow([fetch, look, about], [['Look', 'Fetch']]));
		expect(nodeOf('Look').parameters).toMatchObject({ operation: 'get' });
		expect(nodeOf('Fetch').parameters).toEqual({
			resource: 'media',
			operation: 'download',
			mediaId: '={{ $json.mediaId }}',
			outputField: 'voice',
		});
	});

	test.each([
		['a message by a file', request(body, { contentType: 'binaryData' }), 'settings of its own'],
		[
			'the body of another node',
			request('={{ $json.payload }}'),
			'makes a request to Meta by itself',
		],
		[
			'a number',
			node('Post', 'httpRequest', { url: 'https://graph.facebook.com/v21.0/1?fields=name' }),
			'makes a request to Meta by itself',
		],
		[
			'code',
			node('Post', 'code', { jsCode: "fetch('https://graph.facebook.com/v21.0/1/messages')" }),
			'in its code',
		],
		[
			'a tool',
			node('Post', '@n8n/n8n-nodes-langchain.toolHttpRequest', {
				url: 'https://graph.facebook.com/v21.0/1/messages',
				jsonBody: '{"messaging_product": "whatsapp"}',
			}),
			'settings of its own',
		],
		[
			'the Facebook Graph API node',
			node('Post', 'facebookGraphApi', { edge: 'messages' }),
			'by the Facebook Graph API node',
		],
		[
			'the Facebook Trigger',
			node('Post', 'facebookTrigger', { object: 'whatsappBusinessAccount' }),
			'by the Facebook Trigger',
		],
		[
			'another package',
			node('Post', 'n8n-nodes-other.whatsAppSender', {}),
			'belongs to another package',
		],
	])('left and told: %s', (_, old, text) => {
		expect(converted(workflow([old, about])).textsOf('left', 'Post')).toEqual([
			expect.stringContaining(text),
		]);
	});

	test.each([
		['Messenger', { url: 'https://graph.facebook.com/v21.0/me/messages' }],
		['a body by fields that say nothing of WhatsApp', { specifyBody: 'keypair' }],
		['batches', { options: { batching: { batch: { batchSize: 1 } } } }],
		['headers of its own', { headerParameters: { parameters: [{ name: 'X-Mine', value: '1' }] } }],
	])('left: %s', (_, more) => {
		const old = workflow([request(body, more)]);
		expect(JSON.parse(convert(JSON.stringify(old)).text)).toEqual(old);
	});
});
