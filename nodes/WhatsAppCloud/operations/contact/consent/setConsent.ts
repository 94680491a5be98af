import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { allMessages, consentCategories, consentFor } from '../../../contacts/consent';
import { defineOperation } from '../../../node/operation';
import { requireStore } from '../../../node/requireStore';
import { secondMs } from '../../../time/durations';
import { systemClock } from '../../../time/system/systemClock';
import { choiceOf } from '../../../values/choice';
import { requiredId } from '../../../values/id';
import { optionalText } from '../../../values/schema/reading';
import { FieldProblem } from '../../../values/problem';
import { isoTime, optionalMoment } from '../../../values/timestamp';
import { contactField, personOf } from '../person';

const GIVEN = { optedIn: 'Opted In', optedOut: 'Opted Out' } as const;

/** What consent is for. */
export const categoryField: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'options',
	options: [
		{ name: 'All Messages', value: allMessages, description: 'Whatever they are for' },
		{ name: 'Authentication', value: 'authentication', description: 'Codes for logging in' },
		{ name: 'Marketing', value: 'marketing', description: 'Offers and news' },
		{ name: 'Service', value: 'service', description: 'Answers and other free-form messages' },
		{ name: 'Utility', value: 'utility', description: 'Orders, appointments, accounts' },
	],
	default: 'marketing',
	description: 'Which messages the person agrees to, or does not',
};

/** Schema of `categoryField`. */
export const categorySchema = choiceOf([allMessages, ...consentCategories] as const).default(
	'marketing',
);

/** Records that a person agrees to messages, or does not any more. */
export const setConsent = defineOperation({
	name: 'Set Consent',
	action: 'Set consent of contact',
	description: 'Record that a person has opted in or out, with source and time',
	fields: [
		contactField,
		{
			displayName: 'Consent',
			name: 'consent',
			type: 'options',
			options: Object.entries(GIVEN).map(([value, name]) => ({ name, value })),
			default: 'optedOut',
			description: 'What the person has chosen',
		},
		categoryField,
		{
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Checkout form',
			description: 'Where the person said so: what you would show to prove it',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Note',
					name: 'note',
					type: 'string',
					default: '',
					description: 'Kept with the entry, such as the version of the text that was agreed to',
				},
				{
					displayName: 'Time',
					name: 'at',
					type: 'dateTime',
					default: '',
					description:
						'When the person said so. Leave empty for now. What was said later still counts.',
				},
			],
		},
	],
	schema: z.object({
		contact: requiredId(256),
		consent: choiceOf(Object.keys(GIVEN) as (keyof typeof GIVEN)[]),
		category: categorySchema,
		source: optionalText(255),
		options: z
			.object({ note: optionalText(1_024), at: optionalMoment })
			.prefault({ note: undefined, at: undefined }),
	}),
	outputSchema: {
		contact: 'string',
		category: 'string',
		consent: 'string',
		source: 'string',
		note: 'string',
		at: 'string',
		isInForce: 'boolean',
	},
	concurrency: 20,
	async execute(run, { contact, consent, category, source, options }) {
		const store = await requireStore(run);
		const { accountKey, address, key } = personOf(run.account, contact);
		const now = systemClock.now();
		// Meta tells the second of a message alone: who writes STOP in the second of an opt-in says so later.
		const at = options.at ?? now - (now % secondMs);
		if (at > now) {
			throw new FieldProblem('Options › Time', 'lies in the future', 'Enter when it was said.');
		}
		const granted = consent === 'optedIn';
		const update = {
			fact: 'consent',
			accountKey,
			contactKey: key,
			at,
			category,
			granted,
			source: source ?? null,
			note: options.note ?? null,
		} as const;
		await store.contacts.record([update], now);
		const [known] = await store.contacts.get(accountKey, [key]);
		const asked = category === allMessages ? 'service' : category;
		const { state } = consentFor(known ?? null, asked);
		return {
			contact: address,
			category,
			consent,
			source: source ?? null,
			note: options.note ?? null,
			at: isoTime(at),
			isInForce: state === (granted ? 'granted' : 'withdrawn'),
		};
	},
});
