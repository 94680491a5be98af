import type { Hand } from './hand';

/**
 * What a job takes by hand. It is counted from the panel that opens after a click on the action in
 * the node creator, with the credential chosen, until nothing is missing.
 */
export interface Effort {
	/** Presses of the mouse: on a list, on the entry chosen in it, on a switch, on "Add …". */
	clicks: number;
	/** Inputs that get a text. The click into one is not counted. */
	fields: number;
}

/** Something that people do with a node, and what it takes. */
export interface Job {
	name: string;
	/** The operation that the action in the node creator has chosen. */
	operation: string;
	steps: (hand: Hand) => Promise<void>;
	takes: Effort;
}

const recipient = '+15550200002';
export const senderName = 'Lucky Shrub';
const pictureLink = 'https://luckyshrub.example/a.jpg';

/** With the node of this package. */
export const ours: Job[] = [
	{
		name: 'text',
		operation: 'sendText',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('text', 'Hello');
		},
		takes: { clicks: 0, fields: 2 },
	},
	{
		name: 'image with caption',
		operation: 'sendMedia',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('binaryField', 'photo');
			await hand.type('caption', 'A cactus');
		},
		takes: { clicks: 0, fields: 3 },
	},
	{
		name: 'two reply buttons',
		operation: 'sendInteractive',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('body', 'Do you come?');
			for (const title of ['Yes', 'No']) {
				await hand.add('Add Button');
				await hand.type('title', title);
			}
		},
		takes: { clicks: 2, fields: 4 },
	},
	{
		name: 'list of two rows',
		operation: 'sendInteractive',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.choose('interactiveType', 'List');
			await hand.type('body', 'Which way suits you?');
			await hand.type('buttonText', 'Ways');
			await hand.add('Add Section');
			for (const title of ['Courier', 'Pick-up']) {
				await hand.add('Add Row');
				await hand.type('title', title);
			}
		},
		takes: { clicks: 5, fields: 5 },
	},
	{
		name: 'contact with phone',
		operation: 'sendContacts',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.add('Add Contact');
			await hand.type('formattedName', 'Ada Lovelace');
			await hand.add('Add Phone Number');
			await hand.type('phone', '+15551234567');
		},
		takes: { clicks: 2, fields: 3 },
	},
	{
		name: 'template with picture, two variables and button',
		operation: 'sendTemplate',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.pick('template', 'order_update');
			await hand.type('header.image', pictureLink);
			await hand.type('body.1', 'Ana');
			await hand.type('body.2', 'A-1001');
			await hand.type('button.2.url', 'A-1001');
		},
		takes: { clicks: 2, fields: 5 },
	},
];

/** The same with n8n's built-in node, which has no buttons and no lists. */
export const builtIn: Job[] = [
	{
		name: 'text',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.type('textBody', 'Hello');
		},
		takes: { clicks: 2, fields: 2 },
	},
	{
		name: 'image with caption',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.choose('messageType', 'Image');
			await hand.choose('mediaPath', 'n8n');
			await hand.type('mediaPropertyName', 'photo');
			await hand.addField('Caption');
			await hand.type('mediaCaption', 'A cactus');
		},
		takes: { clicks: 8, fields: 3 },
	},
	{
		name: 'contact with phone',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.choose('messageType', 'Contacts');
			await hand.add('Add Parameter');
			await hand.type('formatted_name', 'Ada Lovelace');
			await hand.addField('Phones');
			await hand.add('Add Parameter');
			await hand.type('phone', '+15551234567');
		},
		takes: { clicks: 8, fields: 3 },
	},
	{
		name: 'template with picture, two variables and button',
		operation: 'sendTemplate',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			// The list of this test's answer holds one entry, whatever is asked for.
			await hand.choose('template', senderName);
			await hand.add('Add Component');
			await hand.choose('type', 'Header');
			await hand.add('Add Parameter');
			await hand.choose('type', 'Image');
			await hand.type('imageLink', pictureLink);
			await hand.add('Add Component');
			for (const text of ['Ana', 'A-1001']) {
				await hand.add('Add Parameter');
				await hand.type('text', text);
			}
			await hand.add('Add Component');
			await hand.choose('type', 'Button');
			await hand.choose('sub_type', 'URL');
			await hand.type('index', '2');
			await hand.add('Add Parameter');
			await hand.choose('type', 'Text');
			await hand.type('text', 'A-1001');
		},
		takes: { clicks: 21, fields: 6 },
	},
];
