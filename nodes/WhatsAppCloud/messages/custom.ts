import { z } from 'zod/v4';
import { outsideWindowPath } from '../fields/outsideWindow';
import { optionalJsonObject } from '../values/json/json';
import { readText } from '../values/schema/reading';
import { defineMessage, type OwnEnvelope } from './messageType';
import { isNothing } from '../values/numbers';
import { FieldProblem } from '../values/problem';
import { recipientAddress, parseRecipient } from '../values/recipient';
import { report, type Problems, type Values } from '../values/row';
import { objectOf, reasonOf } from '../values/unknown';
import { kindOf } from '../values/words';
import { checkWireTexts } from './template/variableText';

const example = { type: 'text', text: { body: 'Hello', preview_url: false } };

/** Members that name the recipient; an empty one counts as missing. */
const addresses = ['to', 'recipient'] as const;

/**
 * A body that the user writes, for what this package does not know yet. Only its type and recipient
 * (and the texts of a template) are checked; what it says about its envelope stays.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export const custom = defineMessage({
	fields: [
		{
			displayName: 'Message (JSON)',
			name: 'customBody',
			type: 'json',
			typeOptions: { rows: 10 },
			default: JSON.stringify(example, null, 2),
			required: true,
			hint: 'For example {"type": "text", "text": {"body": "Hello"}}. For known types, "type" can be left out.',
			description:
				"The body of a request to Meta's messages endpoint. messaging_product, the recipient, the message to reply to and the callback data are added if missing.",
		},
	],
	schema: z.looseObject({ customBody: optionalJsonObject }).transform(({ customBody }, context) => {
		if (customBody === undefined) {
			report(context, ['customBody'], 'is empty', 'missing');
			return z.NEVER;
		}
		const type = typeOf(customBody, context);
		if (type === 'template') checkTemplate(customBody['template'], context);
		const content: Values & { type: string } = { ...customBody, type };
		for (const name of addresses) {
			const address = readAddress(customBody, name, context);
			if (address === undefined) Reflect.deleteProperty(content, name);
			else content[name] = address;
		}
		return { content };
	}),
	build: ({ content }) => content,
	outsideWindow(_, problems) {
		const problem =
			'is not taken with a custom message: write "category", "ttl_seconds" and "direct_send_config" into the JSON';
		report(problems, outsideWindowPath, problem);
	},
	envelope: ({ content }): OwnEnvelope => {
		const { to, recipient, recipient_type: recipientType }: Values = content;
		// If both are given, Meta uses the phone number.
		if (!isNothing(to)) {
			const named = { to: String(to) };
			return {
				recipient: recipientType === 'group' ? { ...named, recipient_type: 'group' } : named,
			};
		}
		return isNothing(recipient) ? {} : { recipient: { recipient: String(recipient) } };
	},
});

/** Checked even though the body is the user's own: Meta accepts such texts in no template. */
function checkTemplate(template: unknown, problems: Problems): void {
	const { components } = objectOf(template);
	if (!Array.isArray(components)) return;
	checkWireTexts(components, ['customBody', 'template', 'components'], problems);
}

/** Meta's types that can be recognised in a body that does not name its type. */
const knownTypes = [
	'audio',
	'contacts',
	'document',
	'image',
	'interactive',
	'location',
	'pin',
	'reaction',
	'sticker',
	'template',
	'text',
	'video',
];

/** The type that the body names, or the only one it has a member for; otherwise a problem. */
function typeOf(body: Values, problems: Problems): string {
	const { type } = body;
	if (!isNothing(type)) {
		if (typeof type === 'string') return type;
		report(problems, ['customBody'], `has a "type" that must be text, but is ${kindOf(type)}`);
		return '';
	}
	const given = knownTypes.filter((known) => !isNothing(body[known]));
	const [only, ...others] = given;
	if (only !== undefined && others.length === 0) return only;
	report(
		problems,
		['customBody'],
		given.length === 0
			? 'has no "type", the name of the kind of message, such as "text"'
			: `has no "type", and could be ${given.join(' or ')}; add "type"`,
	);
	return '';
}

/**
 * The recipient that the body names, as it is sent and as the order and the state know it; a phone
 * number in the same form as from the Recipient field. Undefined if the body names no recipient or
 * a problem was reported.
 */
function readAddress(
	body: Values,
	name: (typeof addresses)[number],
	problems: Problems,
): string | undefined {
	const value = body[name];
	if (isNothing(value)) return undefined;
	const text = readText(value, problems, ['customBody', name]);
	if (text === undefined) return undefined;
	const written = text.replace(/\p{Cf}/gu, '').trim();
	if (name === 'recipient' || body['recipient_type'] === 'group' || !isPhone(written)) {
		return written;
	}
	try {
		// Without the plus, Meta prefixes the number with the sender's country code.
		return recipientAddress(parseRecipient(written.includes('+') ? written : `+${written}`, ''));
	} catch (error) {
		// Report it under the body's field, not under Recipient.
		const problem = error instanceof FieldProblem ? error.problem : reasonOf(error);
		report(problems, ['customBody', name], `cannot be used: ${problem}`);
		return undefined;
	}
}

/** A number as people write it. Meta judges any other kind of address. */
function isPhone(written: string): boolean {
	if (!/^[+\d\s().\-\u2010-\u2015]+$/.test(written)) return false;
	const { length } = written.replace(/\D/g, '');
	return written.includes('+') || (length >= 7 && length <= 15);
}
