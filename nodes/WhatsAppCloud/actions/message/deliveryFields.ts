import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { defaultRetryPolicy } from '../../delivery/retry';
import { defaultMessagesPerSecond } from '../../delivery/slots';
import { optionalText } from '../../values/limits';
import { parseTimeOfDay } from '../../policy/hours';
import { timeZoneSchema } from '../../fields/period';

/** How the messages of one run are delivered. Read once per run, from its first item. */
export const deliveryField: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	description:
		'How the messages of a run go out. An expression here is read once, for the first item.',
	options: [
		{
			displayName: 'Attempts',
			name: 'maxAttempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 5,
			description:
				'How often a message is tried that Meta surely refused for a passing reason. What Meta may have taken is never sent again.',
		},
		{
			displayName: 'Campaign',
			name: 'campaign',
			type: 'string',
			default: '',
			placeholder: 'e.g. Spring sale',
			description: 'A name under which Report › Delivery finds the messages of this run',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 200 },
			default: 100,
			description: 'How many messages are under way at once',
		},
		{
			displayName: 'If State Fails',
			name: 'onStateProblem',
			type: 'options',
			options: [
				{
					name: 'Send Without Protection',
					value: 'continue',
					description: 'A repeated run may then send twice',
				},
				{ name: 'Stop', value: 'stop', description: 'Nothing is sent that could not be recorded' },
			],
			default: 'stop',
			description: 'What to do when the database that keeps the state cannot be used',
		},
		{
			displayName: 'If the Outcome Stays Unknown',
			name: 'onUnknown',
			type: 'options',
			options: [
				{ name: 'Report', value: 'report', description: 'Leave it open' },
				{ name: 'Send Again', value: 'resend', description: 'The recipient may get it twice' },
				{ name: 'Treat as Failed', value: 'fail', description: 'A repeated run sends it again' },
			],
			default: 'report',
			description:
				'When a run meets a message whose answer was lost, no status has settled it, and the grace period is over',
		},
		{
			displayName: 'Messages per Second',
			name: 'messagesPerSecond',
			type: 'number',
			default: 80,
			hint: 'Above 0, or -1 for no limit',
			description:
				'The pace of the sending number, shared by all executions. Meta allows 80 by default.',
		},
		{
			displayName: 'Record All Before Sending',
			name: 'recordFirst',
			type: 'boolean',
			default: true,
			description:
				'Whether all messages are recorded before the first one goes out, so that Message › Resume can finish a run whose process was killed',
		},
		{
			displayName: 'Time Limit for an Answer',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 300 },
			default: 30,
			hint: 'In seconds',
			description: 'How long to wait for Meta. Afterwards the outcome of the message is unknown.',
		},
		{
			displayName: 'Time Limit for Attempts',
			name: 'maxSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 120,
			hint: 'In seconds',
			description: 'No further attempt begins later than this after the first',
		},
		{
			displayName: 'Time Window',
			name: 'window',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Window',
			description: 'Messages go only within these hours; the run waits for them',
			options: [
				{
					displayName: 'Window',
					name: 'window',
					values: [
						{
							displayName: 'From',
							name: 'from',
							type: 'string',
							default: '09:00',
							placeholder: 'e.g. 09:00',
						},
						{
							displayName: 'To',
							name: 'to',
							type: 'string',
							default: '18:00',
							placeholder: 'e.g. 18:00',
						},
						{
							displayName: 'Days',
							name: 'days',
							type: 'multiOptions',
							options: [
								{ name: 'Monday', value: 1 },
								{ name: 'Tuesday', value: 2 },
								{ name: 'Wednesday', value: 3 },
								{ name: 'Thursday', value: 4 },
								{ name: 'Friday', value: 5 },
								{ name: 'Saturday', value: 6 },
								{ name: 'Sunday', value: 0 },
							],
							default: [],
							description: 'None means every day',
						},
						{
							displayName: 'Time Zone',
							name: 'timeZone',
							type: 'string',
							default: '',
							placeholder: 'e.g. Europe/Berlin',
							description: "Empty takes the workflow's time zone",
						},
					],
				},
			],
		},
		{
			displayName: 'Unknown After',
			name: 'graceMinutes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10_080 },
			default: 60,
			hint: 'In minutes',
			description: 'How long a status webhook may settle a message whose answer was lost',
		},
		{
			displayName: 'Waves',
			name: 'waves',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Waves',
			description: 'So many messages, then a pause',
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

const amount = (unit: string, min: number, max: number) =>
	z.coerce
		.number({ error: `must be a number of ${unit}` })
		.min(min, { error: `must be at least ${min} ${unit}` })
		.max(max, { error: `can be at most ${max} ${unit}` });

const wholeAmount = (unit: string, min: number, max: number) =>
	amount(unit, min, max).int({ error: `must be a whole number of ${unit}` });

const timeOfDay = z.string({ error: 'must be a time such as 09:00' }).transform((text, context) => {
	const minute = parseTimeOfDay(text);
	if (minute !== null) return minute;
	context.issues.push({ code: 'custom', message: 'must be a time such as 09:00', input: text });
	return z.NEVER;
});

const windowSchema = z
	.object({
		from: timeOfDay.prefault('09:00'),
		to: timeOfDay.prefault('18:00'),
		days: z.array(z.coerce.number().int().min(0).max(6)).default([]),
		timeZone: timeZoneSchema,
	})
	.check(({ value, issues }) => {
		if (value.from === value.to) {
			const message = 'is the same as From, so that the window never opens';
			issues.push({ code: 'custom', path: ['to'], message, input: value.to });
		}
	});

/** Hours in which messages go, in minutes since midnight; no time zone: the workflow's. */
export type TimeWindow = z.output<typeof windowSchema>;

/** The settings, checked; with n8n's nesting of one-row collections taken away. */
export const deliverySchema = z.preprocess(
	(value) => value ?? {},
	z.object({
		maxAttempts: wholeAmount('attempts', 1, 20).default(defaultRetryPolicy.maxAttempts),
		maxSeconds: amount('seconds', 0, 3600).default(defaultRetryPolicy.maxTotalMs / 1000),
		timeoutSeconds: amount('seconds', 1, 300).default(30),
		concurrency: wholeAmount('messages', 1, 200).default(100),
		messagesPerSecond: z.coerce
			.number({ error: 'must be a number' })
			.refine((rate) => rate === -1 || (rate > 0 && rate <= 10_000), {
				error: 'must be above 0 and at most 10,000, or -1 for no limit',
			})
			.transform((rate) => (rate === -1 ? null : rate))
			.default(defaultMessagesPerSecond),
		campaign: optionalText(255),
		onStateProblem: z
			.enum(['stop', 'continue'], { error: 'must be stop or continue' })
			.default('stop'),
		onUnknown: z
			.enum(['report', 'resend', 'fail'], { error: 'must be report, resend or fail' })
			.default('report'),
		graceMinutes: amount('minutes', 0, 10_080).default(60),
		recordFirst: z.boolean({ error: 'must be true or false' }).default(false),
		window: z.object({ window: windowSchema.optional() }).optional(),
		waves: z
			.object({
				waves: z
					.object({
						size: wholeAmount('messages', 1, 1_000_000).default(500),
						pauseMinutes: amount('minutes', 0, 10_080).default(10),
					})
					.optional(),
			})
			.optional(),
	}),
);

/** Delivery settings after the check. */
export type DeliverySettings = z.output<typeof deliverySchema>;
