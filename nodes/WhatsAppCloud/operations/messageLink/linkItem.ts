import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { itemOf } from '../../node/management/graphOperation';
import { idOfForm } from '../../values/id';
import { requiredText } from '../../values/schema/reading';

/** Names and types of the item of a link. */
export const linkShape = {
	code: 'string',
	prefilledMessage: 'string',
	deepLinkUrl: 'string',
	qrImageUrl: 'string',
	phoneNumberId: 'string',
} as const;

/** Meta's answer about a link as an item. */
export const linkItem = (answer: Record<string, unknown>, phoneNumberId: string): IDataObject => ({
	...itemOf(answer),
	phoneNumberId,
});

/** The text that the chat opens with. */
export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'prefilledMessage',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	required: true,
	placeholder: 'e.g. Hello, I have a question about cacti',
	hint: 'Up to 140 characters',
	description: 'The text in the message box of the chat when someone opens the link',
};

export const messageSchema = requiredText(140);

/** Identifies a link. */
export const codeField: INodeProperties = {
	displayName: 'Code',
	name: 'code',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 4O4YGZEG3RIVE1',
	description: 'The code of the link, as Create and Get Many return it',
};

export const codeSchema = idOfForm(
	/^[A-Za-z0-9]{6,32}$/,
	'must be the code alone, of letters and digits',
);

/** Formats of the picture of a QR code. */
export const imageFormats = ['PNG', 'SVG'] as const;
