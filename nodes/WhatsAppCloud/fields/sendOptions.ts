import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { optionalText } from '../messages/limits';

/** Meta carries 512 characters; the operation ID takes up to 200 of them. */
const maxCallbackCharacters = 300;

/** Meta states no limit; a hash is far shorter. */
const maxIdentityHashCharacters = 512;

/** Options that every send has. */
const shared: INodeProperties[] = [
	{
		displayName: 'Callback Value',
		name: 'callbackValue',
		type: 'string',
		default: '',
		hint: 'Up to 300 characters',
		description: 'A text of your own that comes back with every status of this message',
	},
	{
		displayName: 'Recipient Identity Hash',
		name: 'identityKeyHash',
		type: 'string',
		default: '',
		description:
			'Send only while the recipient still has this identity, as a status or an incoming message gave it. For numbers with the identity change check.',
	},
	{
		displayName: 'Recipient Type',
		name: 'recipientType',
		type: 'options',
		options: [
			{ name: 'Group', value: 'group', description: 'The recipient is the ID of a group' },
			{ name: 'Person', value: 'individual', description: 'A phone number or a user ID' },
		],
		default: 'individual',
	},
];

/** The Options collection of a send: the shared ones and those of the message type. */
export function sendOptionsField(ofType: INodeProperties[] = []): INodeProperties {
	const options = [...ofType, ...shared].sort((a, b) => a.displayName.localeCompare(b.displayName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

/** Checks the shared options. A type checks its own. */
export const sendOptionsSchema = z.preprocess(
	(value) => value ?? {},
	z.object({
		callbackValue: optionalText(maxCallbackCharacters),
		// https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers#identity-change-check
		identityKeyHash: optionalText(maxIdentityHashCharacters),
		recipientType: z
			.enum(['individual', 'group'], { error: 'must be individual or group' })
			.default('individual'),
	}),
);
