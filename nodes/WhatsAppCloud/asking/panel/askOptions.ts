import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { instantOf, moment } from '../../fields/period';
import type { WhenAsked } from '../../store/questions/questionStore';
import { dayMs, hourMs, minuteMs } from '../../time/durations';
import { choiceOf } from '../../values/choice';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { numberOr, requiredNumber } from '../../values/numbers';
import { rowWith } from '../../values/row';
import { truth } from '../../values/truth';

const units = { seconds: 1_000, minutes: minuteMs, hours: hourMs, days: dayMs } as const;
const unitNames = ['seconds', 'minutes', 'hours', 'days'] as const;
const longestDays = 365;
const mostRecipients = 50;
const maxTextCharacters = 4096;

const unitField = (name: string): INodeProperties => ({
	displayName: 'Unit',
	name,
	type: 'options',
	options: [
		{ name: 'Seconds', value: 'seconds' },
		{ name: 'Minutes', value: 'minutes' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Days', value: 'days' },
	],
	default: 'hours',
});

const textOption = (name: string, displayName: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	description,
});

const limitOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	placeholder: 'Set Limit',
	default: {},
	description:
		'When the workflow goes on without an answer, by the output Timed Out. Without a limit, it waits as long as it takes.',
	options: [
		{
			displayName: 'Limit Wait Time',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
					default: 'afterTimeInterval',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					...unitField('resumeUnit'),
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					displayName: 'Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					description: "In the workflow's time zone, if it names no other one",
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
				},
			],
		},
	],
};

const reminderOption: INodeProperties = {
	displayName: 'Reminder',
	name: 'reminder',
	type: 'fixedCollection',
	placeholder: 'Set Reminder',
	default: {},
	description: 'A text that is sent once to whoever has not answered after a while',
	options: [
		{
			displayName: 'Reminder',
			name: 'settings',
			values: [
				{
					displayName: 'After',
					name: 'amount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
				},
				unitField('unit'),
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Could you answer my question above?',
				},
			],
		},
	],
};

const severalOption: INodeProperties = {
	displayName: 'Several Recipients',
	name: 'several',
	type: 'fixedCollection',
	placeholder: 'Set Rule',
	default: {},
	description: 'Whose answers are needed if one item asks several people',
	options: [
		{
			displayName: 'Several Recipients',
			name: 'settings',
			values: [
				{
					displayName: 'Answers Needed',
					name: 'needed',
					type: 'options',
					options: [
						{ name: 'All', value: 'all', description: 'For approvals, all have to approve' },
						{ name: 'First Answer Wins', value: 'first' },
						{
							name: 'A Certain Number',
							value: 'some',
							description: 'For approvals, that many have to approve',
						},
					],
					default: 'first',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: mostRecipients },
					default: 2,
					displayOptions: { show: { needed: ['some'] } },
				},
				{
					displayName: 'Text to the Others',
					name: 'settledText',
					type: 'string',
					default: '',
					placeholder: 'e.g. Somebody else has answered already',
					description: 'Sent to those whose answers are not needed any more. Leave empty for none.',
				},
			],
		},
	],
};

/** How it is asked, beyond the question itself. */
export const askOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Answers Start Other Workflows',
			name: 'startsWorkflows',
			type: 'boolean',
			default: false,
			description: 'Whether an answer also starts the workflows whose trigger receives messages',
		},
		{
			displayName: 'If Another Question Is Open',
			name: 'ifOpen',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail' },
				{ name: 'Replace It', value: 'replace', description: 'The earlier one ends unanswered' },
				{ name: 'Wait', value: 'wait', description: 'It is asked once the earlier one has ended' },
			],
			default: 'wait',
			description: 'What to do if the person has not answered an earlier question yet',
		},
		limitOption,
		{
			displayName: 'Maximum Attempts',
			name: 'maxAttempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 3,
			description:
				'After so many wrong answers, the workflow goes on by the output Timed Out. Without this option, it is asked again each time.',
		},
		reminderOption,
		textOption(
			'retryText',
			'Retry Text',
			'Sent after a wrong answer. Leave empty to ask the question again.',
		),
		severalOption,
		textOption('thanks', 'Thank-You Text', 'Sent after the answer'),
		textOption('expiredText', 'Time-Out Text', 'Sent when the time is up'),
	].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
};

const amount = numberOr(1, {
	min: 0,
	isAbove: true,
	max: longestDays * 86_400,
	decimals: true,
	noun: 'a number above 0',
});
const unit = choiceOf(unitNames).prefault('hours');
const text = optionalText(maxTextCharacters);

/** The only entry of a collection of settings; undefined if there is none. */
const settingsOf = <Schema extends z.ZodType>(name: string, schema: Schema) =>
	z
		.object({ [name]: z.preprocess((given) => given ?? {}, schema) })
		.transform((given) => given[name] as z.output<Schema>);

const limitSchema = rowWith({
	limitType: choiceOf(['afterTimeInterval', 'atSpecifiedTime']).prefault('afterTimeInterval'),
	resumeAmount: amount,
	resumeUnit: unit,
	maxDateAndTime: moment,
}).check(({ value: { limitType, maxDateAndTime }, issues }) => {
	if (limitType === 'atSpecifiedTime' && maxDateAndTime === undefined) {
		report({ issues }, ['maxDateAndTime'], 'is empty', 'missing');
	}
});

/** Checks these options. */
export const askOptionsSchema = collectionOf({
	startsWorkflows: truth,
	ifOpen: choiceOf<WhenAsked>(['fail', 'replace', 'wait']),
	limitWaitTime: settingsOf('values', limitSchema),
	maxAttempts: requiredNumber({ min: 1, max: 100, unit: 'attempts' }),
	reminder: settingsOf('settings', rowWith({ amount, unit, text })),
	retryText: text,
	several: settingsOf(
		'settings',
		rowWith({
			needed: choiceOf(['all', 'first', 'some']).prefault('first'),
			number: numberOr(2, { min: 1, max: mostRecipients, unit: 'answers' }),
			settledText: text,
		}),
	),
	thanks: text,
	expiredText: text,
});

export type AskOptions = z.output<typeof askOptionsSchema>;

/** When the time is up, in milliseconds since 1970; null: never. */
export function expiryOf(
	{ limitWaitTime }: AskOptions,
	now: number,
	timeZone: string,
): number | null {
	if (limitWaitTime === undefined) return null;
	const { limitType, resumeAmount, resumeUnit, maxDateAndTime } = limitWaitTime;
	return limitType === 'afterTimeInterval'
		? now + resumeAmount * units[resumeUnit]
		: (instantOf(maxDateAndTime, timeZone) ?? null);
}

/** How long after a question a reminder follows, in milliseconds; null: never. */
export const reminderAfter = ({ reminder }: AskOptions): number | null =>
	reminder?.text === undefined ? null : reminder.amount * units[reminder.unit];
