import { ids } from './account';

/** Of n8n's own node. */
const sender = { phoneNumberId: ids.phoneNumber, recipientPhoneNumber: '={{ $json.from }}' };

/** The parameters of a send. */
export const send = (more: object) => ({ operation: 'send', ...sender, ...more });

/** The old node, and what n8n's own would put into its request. */
export const oldMessages: [string, object, object][] = [
	[
		'text',
		send({
			textBody: '=Hi {{ $json.name }} https://a.example',
			additionalFields: { previewUrl: true },
		}),
		{ type: 'text', text: { body: 'Hi Ana https://a.example', preview_url: true } },
	],
	[
		'image',
		send({
			messageType: 'image',
			mediaLink: 'https://a.example/b.png',
			additionalFields: { mediaCaption: 'See' },
		}),
		{ type: 'image', image: { link: 'https://a.example/b.png', caption: 'See' } },
	],
	[
		'document',
		send({
			messageType: 'document',
			mediaLink: 'https://a.example/b',
			additionalFields: { mediaFilename: 'b.pdf' },
		}),
		{ type: 'document', document: { link: 'https://a.example/b', filename: 'b.pdf' } },
	],
	[
		'audio',
		send({ messageType: 'audio', mediaLink: 'https://a.example/b.mp3' }),
		{ type: 'audio', audio: { link: 'https://a.example/b.mp3' } },
	],
	[
		'location',
		send({
			messageType: 'location',
			latitude: 48.858,
			longitude: 2.294,
			additionalFields: { nameAndAddress: { name: 'Tower' } },
		}),
		{ type: 'location', location: { latitude: 48.858, longitude: 2.294, name: 'Tower' } },
	],
	[
		'contacts',
		send({
			messageType: 'contacts',
			name: { data: { formatted_name: 'Ada Lovelace', first_name: 'Ada' } },
			additionalFields: {
				phones: { data: [{ type: 'WORK', phone: '+1 555' }] },
				organization: { data: { company: 'Engines' } },
			},
		}),
		{
			type: 'contacts',
			contacts: [
				{
					name: { formatted_name: 'Ada Lovelace', first_name: 'Ada' },
					phones: [{ type: 'WORK', phone: '+1 555' }],
					org: { company: 'Engines' },
				},
			],
		},
	],
	[
		'template',
		{
			...sender,
			template: 'order_update|en_US',
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
							parameter: [{ text: '={{ $json.name }}' }, { text: '={{ $json.order }}' }],
						},
					},
					{ type: 'button', index: 0, buttonParameters: { parameter: { payload: 'thanks' } } },
					{ type: 'button', index: 1, buttonParameters: { parameter: { payload: 'help' } } },
					{
						type: 'button',
						sub_type: 'url',
						index: 2,
						buttonParameters: { parameter: { type: 'text', text: 'A-1001' } },
					},
				],
			},
		},
		{
			type: 'template',
			template: {
				name: 'order_update',
				language: { code: 'en_US' },
				components: [
					{
						type: 'header',
						parameters: [{ type: 'image', image: { link: 'https://a.example/b.png' } }],
					},
					{
						type: 'body',
						parameters: [
							{ type: 'text', text: 'Ana' },
							{ type: 'text', text: 'A-1001' },
						],
					},
					{
						type: 'button',
						sub_type: 'quick_reply',
						index: '0',
						parameters: [{ type: 'payload', payload: 'thanks' }],
					},
					{
						type: 'button',
						sub_type: 'quick_reply',
						index: '1',
						parameters: [{ type: 'payload', payload: 'help' }],
					},
					{
						type: 'button',
						sub_type: 'url',
						index: '2',
						parameters: [{ type: 'text', text: 'A-1001' }],
					},
				],
			},
		},
	],
	[
		'a template by expression',
		{ ...sender, template: "={{ 'hello_world|en_US' }}" },
		{ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
	],
];
