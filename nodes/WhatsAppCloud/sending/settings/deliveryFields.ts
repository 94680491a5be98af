import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { hoursFields, hoursShape, weekdaysSchema } from '../../fields/hoursFields';
import { sendPolicy } from '../../graph/steps/policy';
import { truth } from '../../values/truth';
import { defaultMessagesPerSecond } from '../pacing/slots';
import { choiceOf } from '../../values/choice';
import { optionalText } from '../../values/schema/reading';
import { report, step } from '../../values/schema/singleStep';
import { isNothing, numberOr, readNumber } from '../../values/numbers';
import { costLimitField, costLimitSchema } from './costLimit';
import { graceField, onUnknownField, unknownShape } from './unknownFields';

const windowHours = { from: '09:00', to: '18:00' };

/** How the messages of one run are delivered. Read once per run, from its first item. */
export const deliveryField: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	description:
		'How the messages of this run are sent. Expressions are evaluated once, for the first item.',
	options: [
		{
			displayName: 'Attempts',
			name: 'maxAttempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 5,
			description:
				'How often to try a message that Meta refuses for a temporary reason. A message that Meta may have accepted is never sent again.',
		},
		{
			displayName: 'Campaign',
			name: 'campaign',
			type: 'string',
			default: '',
			placeholder: 'e.g. Spring sale',
			description: 'A name to find these messages by in Report › Delivery',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 200 },
			default: 100,
			description: 'How many messages are sent at the same time',
		},
		costLimitField,
		{
			displayName: 'If State Fails',
			name: 'onStateProblem',
			type: 'options',
			options: [
				{
					name: 'Send Without Protection',
					value: 'continue',
					description: 'A repeated run may send messages twice',
				},
				{ name: 'Stop', value: 'stop', description: 'Send nothing that cannot be recorded' },
			],
			default: 'stop',
			description: 'What to do if the database with the state is not available',
		},
		onUnknownField({
			displayName: 'If the Outcome Is Unknown',
			report: { name: 'Report', description: 'Leave it unknown' },
			description:
				'What to do with a message whose answer from Meta was lost, if no status has arrived in time (see Wait for a Status)',
		}),
		{
			displayName: 'Messages per Second',
			name: 'messagesPerSecond',
			type: 'number',
			default: 80,
			hint: 'Above 0, or -1 for no limit',
			description:
				'Limit for the sending number, shared by all executions. Meta allows 80 by default.',
		},
		{
			displayName: 'Record All Before Sending',
			name: 'recordFirst',
			type: 'boolean',
			default: true,
			description:
				'Whether to record all messages before sending the first one, so that Message › Resume can finish a run that was killed',
		},
		{
			displayName: 'Response Timeout',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 300 },
			default: 30,
			hint: 'In seconds',
			description:
				"How long to wait for Meta's answer. After that, the outcome of the message is unknown.",
		},
		{
			displayName: 'Stop Retrying After',
			name: 'maxSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 120,
			hint: 'In seconds',
			description: 'How long after the first attempt a new one may still start',
		},
		{
			displayName: 'Time Window',
			name: 'window',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Window',
			description: 'Send only within these hours. Outside them, the run waits.',
			options: [
				{
					displayName: 'Window',
					name: 'window',
					values: hoursFields({
						...windowHours,
						weekdays: { displayName: 'Days', name: 'days', hint: 'Leave empty for every day' },
					}),
				},
			],
		},
		graceField,
		{
			displayName: 'Waves',
			name: 'waves',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Waves',
			description: 'Pause after every wave of messages',
			options: [
				{
					displayName: 'Waves',
					name: 'waves',
					values: [
						{
							displayName: 'Messages per Wave',
							name: 'size',
							type: 'number',
							typeOptions: { minValue: 1 },
							default: 500,
						},
						{
							displayName: 'Pause',
							name: 'pauseMinutes',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 10,
							hint: 'In minutes',
						},
					],
				},
			],
		},
	],
};

/** The maximum is more than Meta allows any number. */
const paceLimits = {
	min: 0,
	isAbove: true,
	max: 10_000,
	unit: 'messages',
	decimals: true,
	otherwise: '-1 for no limit',
};

/** Messages per second; null for no limit. */
const pace = step((value, context): number | null => {
	if (isNothing(value)) return defaultMessagesPerSecond;
	return Number(value) === -1 ? null : readNumber(value, paceLimits, context);
});

const windowSchema = z
	.object({
		...hoursShape(windowHours.from, windowHours.to),
		days: weekdaysSchema,
	})
	.check(({ value, issues }) => {
		if (value.from === value.to) {
			const message = 'is the same as From, so that the window never opens';
			report({ issues }, ['to'], message);
		}
	});

/**
 * Hours during which messages go, in minutes since midnight. Without a time zone, the workflow's.
 */
export type TimeWindow = z.output<typeof windowSchema>;

/** Checks the settings. One-row collections keep n8n's nesting. */
export const deliverySchema = z.preprocess(
	(value) => value ?? {},
	z.object({
		maxAttempts: numberOr(sendPolicy.maxAttempts, { min: 1, max: 20, unit: 'attempts' }),
		maxSeconds: numberOr(sendPolicy.maxTotalMs / 1000, {
			min: 0,
			max: 3600,
			unit: 'seconds',
			decimals: true,
		}),
		timeoutSeconds: numberOr(30, { min: 1, max: 300, unit: 'seconds', decimals: true }),
		concurrency: numberOr(100, { min: 1, max: 200, unit: 'messages' }),
		messagesPerSecond: pace,
		campaign: optionalText(255),
		costLimit: costLimitSchema,
		onStateProblem: choiceOf(['stop', 'continue']).default('stop'),
		...unknownShape,
		recordFirst: truth,
		window: z.object({ window: windowSchema.optional() }).optional(),
		waves: z
			.object({
				waves: z
					.object({
						size: numberOr(500, { min: 1, max: 1_000_000, unit: 'messages' }),
						pauseMinutes: numberOr(10, {
							min: 0,
							max: 10_080,
							unit: 'minutes',
							decimals: true,
						}),
					})
					.optional(),
			})
			.optional(),
	}),
);

/** Delivery settings after the check. */
export type DeliverySettings = z.output<typeof deliverySchema>;

/** Whether a run's messages wait for nothing before they go. */
export const leavesAtOnce = ({ messagesPerSecond, waves, window }: DeliverySettings): boolean =>
	messagesPerSecond === null && !waves?.waves && !window?.window;

/** Longest that an outcome waits for others to share its transaction, in milliseconds. */
const longestOutcomeWaitMs = 40;

/**
 * How long an outcome may wait for others while the pace holds messages back anyway, in
 * milliseconds: about three slots. A process killed meanwhile leaves these messages unknown, as it
 * does those whose answer is on its way.
 */
export const outcomeWaitMs = (messagesPerSecond: number | null): number =>
	messagesPerSecond === null
		? 0
		: Math.min(longestOutcomeWaitMs, Math.ceil(3_000 / messagesPerSecond));

/** Longest that a message waits to be enqueued with others, in milliseconds. */
const longestEnqueuingWaitMs = 400;

/**
 * How long a message may wait to be enqueued with others, in milliseconds: half the time until its
 * turn.
 *
 * @param waiting messages of the run whose turn comes first
 */
export const enqueuingWaitMs = (messagesPerSecond: number | null, waiting: number): number =>
	messagesPerSecond === null
		? 0
		: Math.min(longestEnqueuingWaitMs, Math.floor((500 * waiting) / messagesPerSecond));
