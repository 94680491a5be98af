import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../values/choice';
import { optionalId, requiredId } from '../values/id';
import { optionalText } from '../values/limits';
import { numberOr } from '../values/numbers';
import { outsideWindowOption, outsideWindowSchema } from './outsideWindow';

/** Meta allows 512 characters; the operation ID takes up to 200 of them. */
const maxCallbackCharacters = 300;

/** Keys are stored as hashes; this limit catches mistakes, such as a whole document. */
const maxKeyCharacters = 512;

/** Meta states no limit; a hash is far shorter. */
const maxIdentityHashCharacters = 512;

/** Options of every send. */
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
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-4711-shipped',
		hint: 'Up to 512 characters',
		description:
			'A name of your own for this message. With the same key, it is not sent a second time: the item has the outcome "duplicate" and the first message ID.',
	},
	{
		displayName: 'Key Expires After',
		name: 'keyLifeDays',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 365 },
		default: 7,
		hint: 'In days',
		description: 'After this, a message with the same key is sent again',
	},
	{
		displayName: 'Key Scope',
		name: 'keyScope',
		type: 'options',
		options: [
			{
				name: 'Account',
				value: 'account',
				description: 'Shared by all workflows of the account',
			},
			{ name: 'Workflow', value: 'workflow', description: 'Each workflow has its own keys' },
		],
		default: 'workflow',
	},
	{
		displayName: 'Recipient Identity Hash',
		name: 'identityKeyHash',
		type: 'string',
		default: '',
		description:
			"Send only if this is still the recipient's identity hash. It comes with incoming messages and statuses if your number has the identity change check on.",
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
	outsideWindowOption,
];

/** A send's Options collection: the shared options and those of the message type. */
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

/** An expression without a result must not silently turn off the key's protection. */
function keyThatIsNothing(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value ?? {};
	const isNothing = 'idempotencyKey' in value && (value.idempotencyKey ?? null) === null;
	return isNothing ? { ...value, idempotencyKey: '' } : value;
}

/** Checks the shared options; each message type checks its own. */
export const sendOptionsSchema = z.preprocess(
	keyThatIsNothing,
	z.object({
		callbackValue: optionalText(maxCallbackCharacters),
		// Tables often leave spaces at either end; they do not change the key.
		idempotencyKey: requiredId(maxKeyCharacters).optional(),
		keyScope: choiceOf(['workflow', 'account']).default('workflow'),
		keyLifeDays: numberOr(7, {
			min: 0,
			isAbove: true,
			max: 365,
			unit: 'days',
			decimals: true,
		}),
		// https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers#identity-change-check
		identityKeyHash: optionalId(maxIdentityHashCharacters),
		recipientType: choiceOf(['individual', 'group']).default('individual'),
		outsideWindow: outsideWindowSchema,
	}),
);

export type SendOptions = z.output<typeof sendOptionsSchema>;
