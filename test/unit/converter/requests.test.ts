import { convert } from '../../../converter/convert';
import { converted, node, workflow } from './oldWorkflow';

const phoneNumberId = '106540352242922';

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
		expect(converted(workflow([look])).nodeOf('Look').parameters).toEqual({
			resource: 'media',
			operation: 'get',
			mediaId: '={{ $json.messages[0].image.id }}',
		});
	});

	test('a message by fields stays, and is told', () => {
		const bodyParameters = { parameters: [{ name: 'messaging_product', value: 'whatsapp' }] };
		const { textsOf } = converted(
			workflow([request('', { specifyBody: 'keypair', bodyParameters })]),
		);
		expect(textsOf('left', 'Post')).toEqual([expect.stringContaining('settings of its own')]);
	});

	test.each([
		['Messenger', { url: 'https://graph.facebook.com/v21.0/me/messages' }],
		['a body by fields', { specifyBody: 'keypair' }],
		['batches', { options: { batching: { batch: { batchSize: 1 } } } }],
		['headers of its own', { headerParameters: { parameters: [{ name: 'X-Mine', value: '1' }] } }],
	])('left: %s', (_, more) => {
		const old = workflow([request(body, more)]);
		expect(JSON.parse(convert(JSON.stringify(old)).text)).toEqual(old);
	});
});
