import type { INodeProperties } from 'n8n-workflow';
import { optionalId as idOrNothing, requiredId as idThatIsThere } from '../../values/id';
import { formatNumber } from '../../values/limits';
import { optionalText, requiredText } from '../../values/schema/reading';
import type { MessageContent } from '../messageType';

/** Longest text of all interactive messages except lists. */
export const maxBodyCharacters = 1024;

/** Longest small print below the text. */
const maxFooterCharacters = 60;

/** The text of the message. */
export function bodyField(
	maxCharacters: number,
	{ required = true }: { required?: boolean } = {},
): INodeProperties {
	return {
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. What can we do for you?',
		...(required ? { required } : {}),
		hint: `${required ? 'Up' : 'Optional, up'} to ${formatNumber(maxCharacters)} characters`,
		description: 'The text of the message, with WhatsApp formatting',
	};
}

export const bodySchema = requiredText(maxBodyCharacters);

export const optionalBodySchema = optionalText(maxBodyCharacters);

export const footerField: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	hint: 'Up to 60 characters',
	description: 'Small print below the text',
};

export const footerSchema = optionalText(maxFooterCharacters);

/**
 * The wire form of an interactive message.
 *
 * @param type Meta's name of the type, `interactive.type`
 * @param texts what stands above, in and below the message, as far as there is something
 * @param action what can be tapped
 */
export function interactive(
	type: string,
	texts: {
		header?: Record<string, unknown> | undefined;
		body: string | undefined;
		footer?: string | undefined;
	},
	action: Record<string, unknown>,
): MessageContent {
	const { header, body, footer } = texts;
	return {
		type: 'interactive',
		interactive: {
			type,
			...(header === undefined ? {} : { header }),
			...(body === undefined ? {} : { body: { text: body } }),
			...(footer === undefined ? {} : { footer: { text: footer } }),
			action,
		},
	};
}

/** Identifies a Flow that is sent: by a message or by a template's button. */
export const flowTokenField: INodeProperties = {
	displayName: 'Flow Token',
	// n8n hides the value of a field with "token" in its name, and this one is not a secret.
	name: 'flowReference',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042',
	hint: 'Returned with the answer',
	description: 'Your own ID for this Flow, such as an order number',
};

/** The label of a button that opens something. */
export function buttonTextField(
	maxCharacters: number,
	texts: Pick<INodeProperties, 'placeholder' | 'description'> & { optional?: boolean },
): INodeProperties {
	const { optional = false, ...rest } = texts;
	return {
		displayName: 'Button Text',
		name: 'buttonText',
		type: 'string',
		default: '',
		...(optional ? {} : { required: true }),
		hint: `Up to ${maxCharacters} characters`,
		...rest,
	};
}

/** Where a button leads. */
export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/dates',
	description: 'The web page that opens when the button is tapped',
};

/** The ID of something at Meta or in the user's shop; Meta documents no limit for most of them. */
export const requiredId = idThatIsThere();

/** The same, or nothing. */
export const optionalId = idOrNothing();
