import { z } from 'zod/v4';
import { hoursShape, weekdaysSchema } from '../../fields/hoursFields';
import { problemOf } from '../../fields/issues';
import { dayMs, minuteMs } from '../../time/durations';
import type { OpeningHours } from '../../time/hours';
import { optionalId } from '../../values/id';
import { textList, textListOf } from '../../values/list';
import { numberOr, optionalNumber } from '../../values/numbers';
import {
	DEFAULT_FORMAT,
	outputFormatField,
	outputFormats,
	type OutputFormat,
} from './outputFormat';
import { remembered } from './remembered';
import { truth } from '../../values/truth';
import { FieldProblem } from '../../values/problem';
import { objectOf } from '../../values/unknown';
import { parsing } from '../../values/words';
import {
	contactOptionShape,
	toContactOptions,
	type ContactOptions,
	type WhenTakenOver,
} from './contactOptions';
import { ALL_EVENTS, type Choice } from './eventChoice';
import { forwardsSchema, toForwards, type ForwardOption } from './forwardOption';
import {
	DEFAULT_COLLECT,
	DEFAULT_HOURS,
	DEFAULT_KEPT_MINUTES,
	DEFAULT_LARGEST_DOWNLOAD,
	DEFAULT_MAX_RESTARTS,
	MOST_KEPT_MINUTES,
	optionsField,
	REPLAY_DAYS,
} from './optionFields';

/** How events become items. */
export interface ItemShape {
	/** Readable items, Meta's own data of each event, or the items of n8n's WhatsApp Trigger. */
	format: OutputFormat;
	/** Whether a readable item includes Meta's raw data as `raw`. */
	includeRaw: boolean;
	/** Gives messages, statuses and the rest an output each, instead of one for all. */
	splitOutputs: boolean;
	/** Whether items of messages say who answers, and leave by an output of their own. */
	whenTakenOver: WhenTakenOver;
}

/** The trigger's parameters as the panel stores them, with expressions evaluated. */
export interface TriggerParameters {
	events?: unknown;
	messageTypes?: unknown;
	statuses?: unknown;
	outputFormat?: unknown;
	settings?: unknown;
	/** The workflow's time zone, for hours that name none. */
	timeZone: string;
}

export interface TriggerOptions {
	choice: Choice;
	shape: ItemShape;
	redact: boolean;
	/** `null`: messages are not marked as read. */
	markAsRead: { showTyping: boolean } | null;
	/** `null`: files are not downloaded. */
	download: { outputField: string; maxMegabytes: number } | null;
	/** Whether a registration may replace someone else's callback. */
	replaceCallback: boolean;
	/** How long what waits stays after the workflow was unpublished, in milliseconds. */
	keptMs: number;
	/** What becomes of an execution that was running when n8n was killed. */
	whenKilled: WhenKilled;
	/** Whether a contact's next execution waits for the end of the last one. */
	onePerContact: boolean;
	/** `null`: each message starts an execution at once. */
	collect: Collect | null;
	/** Where webhooks go as well. */
	forwards: ForwardOption[];
	contacts: ContactOptions;
}

/** How long a contact's messages wait for more. */
export interface Collect {
	quietMs: number;
	longestMs: number;
	mostMessages: number;
	/** Whether the contact sees that an answer is being typed meanwhile. */
	showTyping: boolean;
}

/** `null`: it does not start again. */
type WhenKilled = { maxRestarts: number } | null;

/** Meta's own data names the person. */
class UnredactedProblem extends FieldProblem {
	constructor() {
		super(
			'Options › Redact',
			"cannot be applied to Meta's own data",
			'Set Output Format to One Item per Event, or remove Redact.',
		);
	}
}

const USER_ID = /^[A-Z]{2}\.(ENT\.)?\w+$/;

/** A phone number as webhooks write it, or a user ID; null if it is neither. */
function senderKey(sender: string): string | null {
	if (USER_ID.test(sender)) return sender;
	return sender.replace(/\D/g, '').replace(/^00/, '') || null;
}

const hoursSchema = z
	.object({
		...hoursShape(DEFAULT_HOURS.from, DEFAULT_HOURS.to),
		weekdays: weekdaysSchema,
	})
	.optional();

const settingsSchema = z.object({
	phoneNumberIds: textList(),
	senders: textListOf(
		senderKey,
		'is neither a phone number with its country code nor a user ID such as US.13491208655302741918',
	),
	hours: z.object({ inside: hoursSchema, outside: hoursSchema }).optional(),
	ignoreEchoes: truth,
	maxAgeMinutes: optionalNumber({
		min: 0,
		isAbove: true,
		max: Infinity,
		unit: 'minutes',
		decimals: true,
	}),
	replayDays: numberOr(REPLAY_DAYS, { min: 0, max: Infinity, unit: 'days', decimals: true }),
	raw: truth,
	splitOutputs: truth,
	...contactOptionShape,
	redact: truth,
	markAsRead: truth,
	showTyping: truth,
	downloadMedia: truth,
	maxMegabytes: numberOr(DEFAULT_LARGEST_DOWNLOAD, {
		min: 0,
		isAbove: true,
		max: Infinity,
		unit: 'megabytes',
		decimals: true,
	}),
	outputField: optionalId(),
	replaceCallback: truth,
	forwards: forwardsSchema,
	keptMinutes: numberOr(DEFAULT_KEPT_MINUTES, {
		min: 1,
		max: MOST_KEPT_MINUTES,
		unit: 'minutes',
		decimals: true,
	}),
	whenKilled: z.enum(['leave', 'restart']).default('leave'),
	maxRestarts: numberOr(DEFAULT_MAX_RESTARTS, { min: 1, max: 100 }),
	onePerContact: truth,
	collect: z
		.object({
			wait: z
				.object({
					quietSeconds: numberOr(DEFAULT_COLLECT.quietSeconds, {
						min: 1,
						max: 600,
						unit: 'seconds',
						decimals: true,
					}),
					longestSeconds: numberOr(DEFAULT_COLLECT.longestSeconds, {
						min: 1,
						max: 3_600,
						unit: 'seconds',
						decimals: true,
					}),
					mostMessages: numberOr(DEFAULT_COLLECT.mostMessages, {
						min: 1,
						max: 1_000,
						unit: 'messages',
					}),
					showTyping: truth,
				})
				.optional(),
		})
		.optional(),
});

const parametersSchema = z.object({
	events: textList(),
	messageTypes: textList(),
	statuses: textList(),
	outputFormat: z.enum(outputFormats).default(DEFAULT_FORMAT),
	settings: z.preprocess(objectOf, settingsSchema),
});

/** @throws FieldProblem if a value cannot be used. */
export function readOptions(parameters: TriggerParameters): TriggerOptions {
	return readOptionsText(JSON.stringify(parameters));
}

/**
 * The same, of parameters as JSON: all webhooks and executions of a trigger have the same.
 *
 * @throws FieldProblem if a value cannot be used.
 */
export const readOptionsText = remembered((json) =>
	checkOptions(JSON.parse(json) as TriggerParameters),
);

function checkOptions(parameters: TriggerParameters): TriggerOptions {
	const parsed = parametersSchema.safeParse(parameters, parsing);
	if (!parsed.success) throw problemOf([outputFormatField, optionsField], parsed.error);
	const { events, messageTypes, statuses, outputFormat, settings } = parsed.data;
	if (settings.redact && outputFormat !== DEFAULT_FORMAT) throw new UnredactedProblem();
	const { maxAgeMinutes, replayDays, markAsRead, showTyping, maxMegabytes } = settings;
	return {
		choice: {
			events: new Set(events.includes(ALL_EVENTS) ? [] : events),
			messageTypes: new Set(messageTypes),
			statuses: new Set(statuses),
			phoneNumberIds: new Set(settings.phoneNumberIds),
			senders: new Set(settings.senders),
			hours: openingHours(settings.hours, parameters.timeZone),
			ignoreEchoes: settings.ignoreEchoes,
			maxAgeMs: maxAgeMinutes === undefined ? null : maxAgeMinutes * minuteMs,
			replayAgeMs: replayDays === 0 ? null : replayDays * dayMs,
			skipsTakenOver: settings.whenTakenOver === 'skip',
		},
		shape: {
			format: outputFormat,
			includeRaw: settings.raw,
			splitOutputs: settings.splitOutputs,
			whenTakenOver: settings.whenTakenOver,
		},
		redact: settings.redact,
		markAsRead: markAsRead || showTyping ? { showTyping } : null,
		download: settings.downloadMedia
			? { outputField: settings.outputField ?? 'data', maxMegabytes }
			: null,
		replaceCallback: settings.replaceCallback,
		keptMs: settings.keptMinutes * minuteMs,
		onePerContact: settings.onePerContact,
		collect: collecting(settings.collect?.wait),
		forwards: toForwards(settings.forwards),
		contacts: toContactOptions(settings),
		whenKilled: settings.whenKilled === 'restart' ? { maxRestarts: settings.maxRestarts } : null,
	};
}

function collecting(
	wait: NonNullable<z.output<typeof settingsSchema>['collect']>['wait'],
): Collect | null {
	if (wait === undefined) return null;
	const { quietSeconds, longestSeconds, mostMessages, showTyping } = wait;
	return {
		quietMs: quietSeconds * 1_000,
		longestMs: Math.max(longestSeconds, quietSeconds) * 1_000,
		mostMessages,
		showTyping,
	};
}

function openingHours(
	{ inside, outside }: NonNullable<z.output<typeof settingsSchema>['hours']> = {},
	workflowTimeZone: string,
): OpeningHours | null {
	const hours = inside ?? outside;
	if (hours === undefined) return null;
	return {
		outside: inside === undefined,
		fromMinute: hours.from,
		toMinute: hours.to,
		weekdays: new Set(hours.weekdays),
		timeZone: hours.timeZone ?? workflowTimeZone,
	};
}
