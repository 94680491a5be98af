import { parametersOf } from './oldWorkflow';

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
