import { z } from 'zod/v4';
import { optionalJsonObject } from '../values/json';
import { defineMessage, type OwnEnvelope } from './messageType';
import { isNothing } from '../values/numbers';
import { report, type Values } from '../values/row';

const example = { type: 'text', text: { body: 'Hello', preview_url: false } };

/** Members that name whom a message goes to; empty, they count as not given. */
const addresses = ['to', 'recipient'] as const;

/**
 * A body that the user writes, for what this package does not know yet. Nothing but its type is
 * looked at, and what it says of its envelope stands.
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
			hint: 'Needs a "type" and, for most types, an object of that name',
			description:
				"The body of a request to Meta's messages endpoint. What it lacks is filled in: messaging_product, the recipient, the message that is answered, and the callback data.",
		},
	],
	schema: z.looseObject({ customBody: optionalJsonObject }).transform(({ customBody }, context) => {
		if (customBody === undefined) {
			report(context, ['customBody'], 'is empty');
			return z.NEVER;
		}
		const { type } = customBody;
		if (typeof type !== 'string' || type.trim() === '') {
			report(context, ['customBody'], 'has no "type", the name of the kind of message');
		}
		const content: Values & { type: string } = { ...customBody, type: String(type) };
		for (const name of addresses) {
			if (isNothing(customBody[name])) Reflect.deleteProperty(content, name);
		}
		// Without the plus Meta puts the sender's country in front of a number.
		const { to, recipient_type: recipientType } = content;
		if (recipientType !== 'group' && /^\d{7,15}$/.test(String(to)))
			content['to'] = `+${String(to)}`;
		return { content };
	}),
	build: ({ content }) => content,
	envelope: ({ content }): OwnEnvelope => {
		const { to, recipient, recipient_type: recipientType }: Values = content;
		// Where both stand there, the phone number counts at Meta.
		if (!isNothing(to)) {
			const named = { to: String(to) };
			return {
				recipient: recipientType === 'group' ? { ...named, recipient_type: 'group' } : named,
			};
		}
		return isNothing(recipient) ? {} : { recipient: { recipient: String(recipient) } };
	},
});
