import { converted, node, parametersOf, workflow } from './oldWorkflow';

const sender = { __rl: true, mode: 'id', value: '106540352242922' };
const phoneNumberId = '106540352242922';
const recipientPhoneNumber = '={{ $json.messages[0].from }}';
const to = { phoneNumberId: sender, recipient: recipientPhoneNumber };

const send = (more: object, typeVersion = 1) =>
	parametersOf(
		'whatsApp',
		{ operation: 'send', phoneNumberId, recipientPhoneNumber, ...more },
		typeVersion,
	);

describe('Send', () => {
	test('text', () => {
		const old = { textBody: '=Hi {{ $json.a }}', additionalFields: { previewUrl: true } };
		expect(send(old)).toEqual({
			resource: 'message',
			operation: 'sendText',
			...to,
			text: '=Hi {{ $json.a }}',
			previewUrl: true,
		});
	});

	test('a number without plus is a full number', () => {
		const old = { textBody: 'Hi', recipientPhoneNumber: '49 151 12345678' };
		expect(send(old)).toMatchObject({ recipient: '+49 151 12345678' });
	});

	test.each([
		[
			'a linked image with a caption',
			{
				messageType: 'image',
				mediaLink: 'https://a.example/b.png',
				additionalFields: { mediaCaption: 'See' },
			},
			{
				mediaType: 'image',
				mediaSource: 'link',
				mediaLink: 'https://a.example/b.png',
				caption: 'See',
			},
		],
		[
			'an uploaded document with its name',
			{
				messageType: 'document',
				mediaPath: 'useMediaId',
				mediaId: '={{ $json.id }}',
				mediaFilename: 'a.pdf',
			},
			{
				mediaType: 'document',
				mediaSource: 'id',
				mediaId: '={{ $json.id }}',
				filename: 'a.pdf',
			},
		],
		[
			'audio of the item',
			{ messageType: 'audio', mediaPath: 'useMedian8n', mediaPropertyName: 'voice' },
			{ mediaType: 'audio', mediaSource: 'binary', binaryField: 'voice' },
		],
		[
			'a video in the usual field',
			{ messageType: 'video', mediaPath: 'useMedian8n' },
			{ mediaType: 'video', mediaSource: 'binary', binaryField: 'data' },
		],
	])('%s', (_, old, now) => {
		expect(send(old)).toEqual({ resource: 'message', operation: 'sendMedia', ...to, ...now });
	});

	test('location', () => {
		const old = {
			messageType: 'location',
			latitude: 48.858222,
			longitude: '={{ $json.lon }}',
			additionalFields: { nameAndAddress: { name: 'Tower', address: 'Paris' } },
		};
		expect(send(old)).toEqual({
			resource: 'message',
			operation: 'sendLocation',
			...to,
			latitude: '48.858222',
			longitude: '={{ $json.lon }}',
			locationName: 'Tower',
			locationAddress: 'Paris',
		});
	});

	test('contacts', () => {
		const old = {
			messageType: 'contacts',
			name: { data: { formatted_name: 'Ada Lovelace', first_name: 'Ada', suffix: 'Jr.' } },
			additionalFields: {
				phones: {
					data: [
						{ phone: '+1 555', whatsapp_user_id: '1555' },
						{ type: 'WORK', phone: '2' },
					],
				},
				emails: { data: [{ email: 'ada@example.com' }] },
				urls: { url: [{ type: 'WORK', url: 'https://a.example' }] },
				addresses: { address: [{ street: '1 Main', country_code: 'US' }] },
				organization: { data: { company: 'Engines', title: 'Analyst' } },
				birthday: '1990-12-31',
			},
		};
		expect(send(old, 1.1)).toEqual({
			resource: 'message',
			operation: 'sendContacts',
			...to,
			contactsInput: 'fields',
			contacts: {
				contact: [
					{
						formattedName: 'Ada Lovelace',
						firstName: 'Ada',
						suffix: 'Jr.',
						phones: {
							phone: [
								{ type: 'CELL', phone: '+1 555', waId: '1555' },
								{ type: 'WORK', phone: '2' },
							],
						},
						emails: { email: [{ type: 'HOME', email: 'ada@example.com' }] },
						urls: { url: [{ type: 'WORK', url: 'https://a.example' }] },
						addresses: { address: [{ type: 'HOME', street: '1 Main', countryCode: 'US' }] },
						company: 'Engines',
						jobTitle: 'Analyst',
						birthday: '1990-12-31',
					},
				],
			},
		});
	});
});

describe('Send Template', () => {
	const template = (more: object) =>
		parametersOf('whatsApp', { phoneNumberId, recipientPhoneNumber, ...more });

	test('name, language and components', () => {
		const old = {
			template: 'order_update|pt_BR',
			components: {
				component: [
					{
						type: 'header',
						headerParameters: {
							parameter: [{ type: 'image', imageLink: 'https://a.example/b.png' }],
						},
					},
					{
						bodyParameters: {
							parameter: [
								{ text: '={{ $json.name }}' },
								{ type: 'currency', code: 'USD', amount_1000: 12.5, fallback_value: '$12.50' },
								{ type: 'date_time', date_time: '2026-11-26' },
							],
						},
					},
					{
						type: 'button',
						sub_type: 'url',
						index: 1,
						buttonParameters: { parameter: { type: 'text', text: 'orders/1' } },
					},
					{ type: 'button', buttonParameters: { parameter: { payload: 'YES' } } },
				],
			},
		};
		expect(template(old)).toEqual({
			resource: 'message',
			operation: 'sendTemplate',
			...to,
			template: {
				__rl: true,
				mode: 'list',
				value: 'order_update:pt_BR',
				cachedResultName: 'order_update (pt_BR)',
			},
			componentsInput: 'fields',
			templateParts: ['header', 'body', 'buttons'],
			headerType: 'image',
			headerMediaSource: 'link',
			headerMediaLink: 'https://a.example/b.png',
			bodyVariablesInput: 'fields',
			bodyVariables: {
				variable: [
					{ type: 'text', text: '={{ $json.name }}' },
					{ type: 'currency', amount: '12.5', currencyCode: 'USD', text: '$12.50' },
					{ type: 'date_time', text: '2026-11-26' },
				],
			},
			buttonsInput: 'fields',
			buttons: {
				button: [
					{ type: 'url', index: '1', text: 'orders/1' },
					{ type: 'quick_reply', index: '0', payload: 'YES' },
				],
			},
		});
	});

	test.each([
		['={{ $json.template }}', "={{ String($json.template).replace('|', ':') }}"],
		['=hello_{{ $json.kind }}|en_US', '=hello_{{ $json.kind }}:en_US'],
		['=hello|{{ $json.a || "en" }}', '=hello:{{ $json.a || "en" }}'],
	])('by expression: %s', (old, now) => {
		expect(template({ template: old })).toMatchObject({ template: { mode: 'name', value: now } });
	});
});

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

	test('a form of its own stays', () => {
		const { textsOf } = wait({ responseType: 'customForm' });
		expect(textsOf('left')).toEqual([expect.stringContaining('by a form of its own')]);
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
