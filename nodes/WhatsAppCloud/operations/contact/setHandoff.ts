import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { minuteMs } from '../../time/durations';
import { systemClock } from '../../time/system/systemClock';
import { choiceOf } from '../../values/choice';
import { optionalId, requiredId } from '../../values/id';
import { optionalText } from '../../values/schema/reading';
import { numberOr } from '../../values/numbers';
import { FieldProblem } from '../../values/problem';
import { isoTime, optionalMoment } from '../../values/timestamp';
import { contactField, personOf } from './person';

const ANSWERS = {
	person: { name: 'A Person', description: 'The bot is silent until the end below' },
	bot: { name: 'The Bot', description: 'The person has returned the conversation' },
} as const;

const ENDS = {
	after: { name: 'After a While' },
	at: { name: 'At a Time' },
	returned: { name: 'When It Is Returned', description: 'By this operation, with The Bot' },
} as const;

/** A working day. */
const DEFAULT_MINUTES = 480;
const LONGEST_MINUTES = 525_600;

const whenPerson = { answers: ['person'] };

const endFields: INodeProperties[] = [
	{
		displayName: 'Ends',
		name: 'ends',
		type: 'options',
		displayOptions: { show: whenPerson },
		options: Object.entries(ENDS).map(([value, option]) => ({ ...option, value })),
		default: 'after',
		description: 'When the bot answers again',
	},
	{
		displayName: 'Minutes',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_MINUTES },
		displayOptions: { show: { ...whenPerson, ends: ['after'] } },
		default: DEFAULT_MINUTES,
	},
	{
		displayName: 'Time',
		name: 'until',
		type: 'dateTime',
		displayOptions: { show: { ...whenPerson, ends: ['at'] } },
		default: '',
		required: true,
	},
];

/** Says whether a person or the bot answers somebody. */
export const setHandoff = defineOperation({
	name: 'Set Handoff',
	action: 'Set who answers contact',
	description: 'Pause the bot for a person, until a time, or let it answer again',
	fields: [
		contactField,
		{
			displayName: 'Who Answers',
			name: 'answers',
			type: 'options',
			options: Object.entries(ANSWERS).map(([value, option]) => ({ ...option, value })),
			default: 'person',
		},
		...endFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'By',
					name: 'by',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ann from support',
					description: 'Who has taken over or returned the conversation',
				},
				{
					displayName: 'Phone Number ID',
					name: 'phoneNumberId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 106540352242922',
					description: 'Only at this business phone number. Leave empty for all numbers.',
				},
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'string',
					default: '',
					placeholder: 'e.g. Refund',
				},
			],
		},
	],
	schema: z.object({
		contact: requiredId(256),
		answers: choiceOf(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]),
		ends: choiceOf(Object.keys(ENDS) as (keyof typeof ENDS)[]).default('after'),
		minutes: numberOr(DEFAULT_MINUTES, { min: 1, max: LONGEST_MINUTES, unit: 'minutes' }),
		until: optionalMoment,
		options: z
			.object({ by: optionalText(255), phoneNumberId: optionalId(64), reason: optionalText(1_024) })
			.prefault({ by: undefined, phoneNumberId: undefined, reason: undefined }),
	}),
	outputSchema: {
		contact: 'string',
		answers: 'string',
		phoneNumberId: 'string',
		by: 'string',
		reason: 'string',
		since: 'string',
		until: 'string',
	},
	concurrency: 20,
	async execute(run, { contact, answers, ends, minutes, until, options }) {
		const store = await requireStore(run);
		const { accountKey, address, key } = personOf(run.account, contact);
		const now = systemClock.now();
		const active = answers === 'person';
		const end = active ? endOf(ends, minutes, until, now) : null;
		const { by = null, reason = null, phoneNumberId = null } = options;
		await store.contacts.record(
			[
				{
					fact: 'handoff',
					accountKey,
					contactKey: key,
					at: now,
					phoneNumberId,
					active,
					until: end,
					by,
					reason,
				},
			],
			now,
		);
		return {
			contact: address,
			answers,
			phoneNumberId,
			by,
			reason,
			since: isoTime(now),
			until: isoTime(end),
		};
	},
});

/** @throws FieldProblem if the end is missing or past */
function endOf(
	ends: keyof typeof ENDS,
	minutes: number,
	until: number | undefined,
	now: number,
): number | null {
	if (ends === 'returned') return null;
	if (ends === 'after') return now + minutes * minuteMs;
	if (until === undefined) {
		throw new FieldProblem('Time', 'is empty', 'Enter when the bot may answer again.');
	}
	if (until > now) return until;
	throw new FieldProblem('Time', 'is past', 'Enter a later one, or choose another end.');
}
