import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../values/choice';
import { optionalId, requiredId } from '../values/id';
import { optionalText } from '../values/schema/reading';
import { numberOr } from '../values/numbers';
import { rowWith } from '../values/row';
import { outsideWindowOption, outsideWindowSchema } from './outsideWindow';

/** Meta allows 512 characters; the operation ID takes up to 200 of them. */
const maxTrackingCharacters = 300;

/** Keys are stored as hashes; this limit catches mistakes, such as a whole document. */
const maxKeyCharacters = 512;

/** Meta states no limit; a hash is far shorter. */
const maxIdentityHashCharacters = 512;

/** Where n8n keeps the choice of technical details. */
export const technicalDetailsPath = 'options.technicalDetails';

/** Also an option of Resume. It applies to all items of a run, so that they have the same names. */
export const technicalDetailsOption: INodeProperties = {
	displayName: 'Include Technical Details',
	name: 'technicalDetails',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		"Whether to add to each item how the message was sent: operation ID, attempts, latency, the trace for Meta's support, payload hash, Graph version and token",
};

/** Options of every send. */
const shared: INodeProperties[] = [
	{
		displayName: 'Tracking Text',
		name: 'trackingText',
		type: 'string',
		default: '',
		hint: 'Up to 300 characters',
		description:
			'Your own text, which comes back as trackingText with every status of this message',
	},
	{
		displayName: 'Send Only Once',
		name: 'sendOnlyOnce',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Set Key',
		description:
			'Do not send a message again that was sent under the same key. The item has the outcome "duplicate" and the first message ID.',
		options: [
			{
				displayName: 'Send Only Once',
				name: 'settings',
				values: [
					{
						displayName: 'Idempotency Key',
						name: 'key',
						type: 'string',
						default: '',
						placeholder: 'e.g. order-4711-shipped',
						hint: 'Up to 512 characters',
						description: 'Your own name for this message',
					},
					{
						displayName: 'Key Expires After',
						name: 'days',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 365 },
						default: 7,
						hint: 'In days',
						description: 'After this, a message with the same key is sent again',
					},
					{
						displayName: 'Key Scope',
						name: 'scope',
						type: 'options',
						options: [
							{
								name: 'Account',
								value: 'account',
								description: 'Shared by all workflows of the account',
							},
							{
								name: 'Workflow',
								value: 'workflow',
								description: 'Each workflow has its own keys',
							},
						],
						default: 'workflow',
					},
				],
			},
		],
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
	technicalDetailsOption,
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

/** The key, how long it holds and for whom. */
const onceSchema = rowWith({
	// An expression without a result must not silently turn off the protection, so it is required.
	// Tables often leave spaces at either end; they do not change the key.
	key: z.preprocess((key) => key ?? '', requiredId(maxKeyCharacters)),
	days: numberOr(7, { min: 0, isAbove: true, max: 365, unit: 'days', decimals: true }),
	scope: choiceOf(['workflow', 'account']).default('workflow'),
});

/** Checks the shared options; each message type checks its own. */
export const sendOptionsSchema = z.preprocess(
	(value) => value ?? {},
	z.object({
		trackingText: optionalText(maxTrackingCharacters),
		sendOnlyOnce: z
			.object({ settings: z.preprocess((settings) => settings ?? {}, onceSchema) })
			.optional()
			.transform((given) => given?.settings),
		// https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers#identity-change-check
		identityKeyHash: optionalId(maxIdentityHashCharacters),
		recipientType: choiceOf(['individual', 'group']).default('individual'),
		outsideWindow: outsideWindowSchema,
	}),
);

export type SendOptions = z.output<typeof sendOptionsSchema>;
