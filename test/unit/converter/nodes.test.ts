import { askSchema } from '../../../nodes/WhatsAppCloud/asking/panel/askPanel';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { converted, node, parametersOf, workflow } from './oldWorkflow';
import { issuesOf } from './redNodes';

const sender = { __rl: true, mode: 'id', value: '106540352242922' };
const phoneNumberId = '106540352242922';
const recipientPhoneNumber = '={{ $json.messages[0].from }}';
const to = { phoneNumberId: sender, recipient: recipientPhoneNumber };

describe('Send and Wait for Response', () => {
	const wait = (more: object) =>
		converted(
			workflow(
				[
					node('Ask', 'whatsApp', {
						operation: 'sendAndWait',
						phoneNumberId,
						recipientPhoneNumber,
						message: 'Order 200 more?',
						...more,
					}),
					node('Next', 'if', { value: '={{ $json.data.approved }} {{ $json.data.text }}' }),
				],
				[['Ask', 'Next']],
			),
		);

	const formOf = (...values: object[]) => ({
		responseType: 'customForm',
		formFields: { values },
	});
	const city = { fieldLabel: 'City', requiredField: true };
	const size = {
		fieldLabel: 'Size',
		fieldType: 'dropdown',
		fieldOptions: { values: [{ option: 'Small' }, { option: 'Large' }] },
	};

	test('approval, with the limit at the second output', () => {
		const limitWaitTime = { values: { resumeAmount: 45, resumeUnit: 'minutes' } };
		const { nodeOf, workflow: now } = wait({
			approvalOptions: { values: { approvalType: 'double', approveLabel: 'Yes' } },
			options: { limitWaitTime, appendAttribution: false },
		});
		expect(nodeOf('Ask').parameters).toEqual({
			resource: 'message',
			operation: 'sendAndWait',
			...to,
			message: 'Order 200 more?',
			responseType: 'approval',
			approvalType: 'double',
			approveLabel: 'Yes',
			denyLabel: '✗ Decline',
			options: { limitWaitTime },
		});
		const next = [{ node: 'Next', type: 'main', index: 0 }];
		expect(now.connections).toEqual({ Ask: { main: [next, next] } });
		expect(nodeOf('Next').parameters).toEqual({
			value: '={{ $json.approved }} {{ $json.answer.text }}',
		});
	});

	test.each([
		{
			approvalOptions: {
				values: { approvalType: 'double', approveLabel: 'Yes, all of them please' },
			},
		},
		{
			responseType: 'freeText',
			options: { limitWaitTime: { values: { resumeAmount: 2, resumeUnit: 'days' } } },
		},
		formOf(city, size),
		{},
	])('the operation takes it: %j', (old) => {
		const { nodeOf } = wait({ ...old, recipientPhoneNumber: '15551234567' });
		const { phoneNumberId: from, ...parameters } = nodeOf('Ask').parameters as Record<
			string,
			unknown
		>;
		expect(from).toEqual(sender);
		const read = askSchema.safeParse({ ...parameters, phoneNumberId }, parsing);
		expect(read.error?.issues ?? []).toEqual([]);
	});

	test('a form becomes questions, and its answers are read where they are', () => {
		const ask = node('Ask', 'whatsApp', {
			operation: 'sendAndWait',
			phoneNumberId,
			recipientPhoneNumber: '+15551234567',
			message: 'Two questions',
			...formOf(city, size, { fieldLabel: 'Age', fieldType: 'number' }),
		});
		const next = node('Next', 'set', {
			value: "={{ $json.data.City }} {{ $json.data['Size'] }} {{ $('Ask').item.json.data.Age }}",
		});
		const { nodeOf } = converted(workflow([ask, next], [['Ask', 'Next']]));
		expect(nodeOf('Ask').parameters).toMatchObject({
			responseType: 'form',
			questions: {
				question: [
					{ name: 'City', text: 'City', kind: 'any' },
					{ name: 'Size', text: 'Size', kind: 'choice', choices: 'Small, Large' },
					{ name: 'Age', text: 'Age', kind: 'number' },
				],
			},
		});
		expect(nodeOf('Next').parameters).toEqual({
			value:
				"={{ $json.answers.City.text }} {{ $json.answers.Size.text }} {{ $('Ask').item.json.answers.Age.value }}",
		});
		expect(issuesOf(nodeOf('Ask'))).toEqual([]);
	});

	test.each([
		['by JSON', { responseType: 'customForm', defineForm: 'json' }],
		['with a file', formOf(city, { fieldLabel: 'Photo', fieldType: 'file' })],
		['without fields', formOf()],
	])('a form %s stays', (_, old) => {
		expect(wait(old).textsOf('left')).toEqual([expect.stringContaining('a chat cannot ask')]);
	});
});

describe('Media', () => {
	const phone = { phoneNumberId: sender };

	test.each([
		[{ phoneNumberId }, { operation: 'upload', ...phone, binaryField: 'data' }],
		[
			{ operation: 'mediaUpload', phoneNumberId, mediaPropertyName: 'file' },
			{ operation: 'upload', ...phone, binaryField: 'file' },
		],
		[
			{ operation: 'mediaUrlGet', mediaGetId: '12' },
			{ operation: 'get', mediaId: '12' },
		],
		[
			{ operation: 'mediaDelete', mediaDeleteId: '12' },
			{ operation: 'delete', mediaId: '12' },
		],
	])('%j', (old, now) => {
		expect(parametersOf('whatsApp', { resource: 'media', ...old })).toEqual({
			resource: 'media',
			...now,
		});
	});

	const look = node('Look Up', 'whatsApp', {
		resource: 'media',
		operation: 'mediaUrlGet',
		mediaGetId: '={{ $json.messages[0].audio.id }}',
	});
	const request = (parameters: object) =>
		node('Fetch', 'httpRequest', parameters, {
			typeVersion: 4.2,
			credentials: { whatsAppApi: { id: '1', name: 'Shop' } },
		});

	test.each([
		['={{ $json.url }}', '={{ $json.mediaId }}'],
		["={{ $('Look Up').item.json.url }}", "={{ $('Look Up').item.json.mediaId }}"],
		['={{ $node["Look Up"].json["url"] }}', '={{ $node["Look Up"].json["mediaId"] }}'],
	])('the request behind a look-up becomes Download: %s', (url, mediaId) => {
		const { nodeOf } = converted(
			workflow([look, request({ url, nodeCredentialType: 'whatsAppApi' })], [['Look Up', 'Fetch']]),
		);
		expect(nodeOf('Fetch')).toMatchObject({
			type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
			parameters: { resource: 'media', operation: 'download', mediaId, outputField: 'data' },
			credentials: { whatsAppCloudApi: { id: null, name: 'Shop' } },
		});
	});

	test('another request with the old credential gets the new one', () => {
		const { nodeOf } = converted(
			workflow([
				request({ url: 'https://graph.facebook.com/v23.0/me', nodeCredentialType: 'whatsAppApi' }),
			]),
		);
		expect(nodeOf('Fetch')).toMatchObject({
			type: 'n8n-nodes-base.httpRequest',
			parameters: { nodeCredentialType: 'whatsAppCloudApi' },
			credentials: { whatsAppCloudApi: { id: null, name: 'Shop' } },
		});
	});
});

describe('Trigger', () => {
	const trigger = (old: object) => parametersOf('whatsAppTrigger', old);
	const shared = { registration: 'app', outputFormat: 'builtIn' };

	test.each([
		[{ updates: ['messages'] }, { events: ['message', 'errors', 'status', 'payment'] }],
		[
			{ updates: ['messages', 'security'], options: { messageStatusUpdates: [] } },
			{ events: ['message', 'errors', 'security'] },
		],
		[
			{ updates: ['messages'], options: { messageStatusUpdates: ['read', 'failed'] } },
			{ events: ['message', 'errors', 'status'], statuses: ['read', 'failed'] },
		],
		[
			{ updates: ['messages'], options: { messageStatusUpdates: ['deleted'] } },
			{ events: ['message', 'errors', 'status'], statuses: '={{ ["deleted"] }}' },
		],
		[{ updates: ['account_update'] }, { events: ['account_update'] }],
		[{}, { events: ['message', 'errors', 'status', 'payment'] }],
		[{ updates: '={{ $json.a }}' }, { events: ['*'] }],
	])('%j', (old, now) => expect(trigger(old)).toEqual({ ...shared, ...now }));
});

test('a review of tools stays one', () => {
	const { nodeOf } = converted(
		workflow([
			node('Review', 'whatsAppHitlTool', {
				phoneNumberId,
				recipientPhoneNumber: '+15551234567',
				message: "={{ $fromAI('message') }}",
				approvalOptions: { values: { approvalType: 'double' } },
			}),
		]),
	);
	expect(nodeOf('Review')).toMatchObject({
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudHitlTool',
		parameters: { operation: 'sendAndWait', approvalType: 'double', approveLabel: '✓ Approve' },
	});
});

test('a tool stays a tool, with its description and what the model fills in', () => {
	const { nodeOf } = converted(
		workflow([
			node('Tell', 'whatsAppTool', {
				descriptionType: 'manual',
				toolDescription: 'Tells the owner',
				operation: 'send',
				phoneNumberId,
				recipientPhoneNumber,
				textBody: "={{ $fromAI('text', ``, 'string') }}",
			}),
		]),
	);
	expect(nodeOf('Tell')).toMatchObject({
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTool',
		parameters: {
			descriptionType: 'manual',
			toolDescription: 'Tells the owner',
			operation: 'sendText',
			text: "={{ $fromAI('text', ``, 'string') }}",
		},
	});
});
