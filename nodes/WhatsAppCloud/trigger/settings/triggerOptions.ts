import type { Choice } from './eventChoice';
import { isTimeZone, parseTimeOfDay, type OpeningHours } from '../../time/hours';
import { FieldProblem } from '../../values/problem';
import { objectOf } from '../../values/unknown';
import { dayMs, minuteMs } from '../../time/durations';

/** How events become items. */
export interface ItemShape {
	/** `false`: Meta's raw data instead of the readable item. */
	simplify: boolean;
	/** Whether a readable item includes Meta's raw data as `raw`. */
	includeRaw: boolean;
	/** Gives messages, statuses and the rest an output each, instead of one for all. */
	splitOutputs: boolean;
}

/** The value of the parameter "Events" that means all of them. */
export const ALL_EVENTS = '*';

const DEFAULT_MAX_MEGABYTES = 20;

/**
 * Days after which a message or status counts as a replay. Meta redelivers for seven; younger
 * replays are recognised by their keys, which are kept for 35 (`defaultRetention`).
 */
export const REPLAY_DAYS = 30;

/** The trigger's parameters as the panel stores them. Any of them may be an expression. */
interface TriggerParameters {
	events?: unknown;
	messageTypes?: unknown;
	statuses?: unknown;
	simplify?: unknown;
	settings?: unknown;
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
}

/**
 * @param timeZone The workflow's time zone, for hours that name none.
 * @throws FieldProblem if a value cannot be used.
 */
export function readOptions(parameters: TriggerParameters, timeZone: string): TriggerOptions {
	const settings = objectOf(parameters.settings);
	const events = listOf(parameters.events);
	return {
		choice: {
			events: new Set(events.includes(ALL_EVENTS) ? [] : events),
			messageTypes: new Set(listOf(parameters.messageTypes)),
			statuses: new Set(listOf(parameters.statuses)),
			phoneNumberIds: new Set(listOf(settings['phoneNumberIds'])),
			senders: new Set(listOf(settings['senders']).map(senderKey)),
			hours: readHours(objectOf(settings['hours']), timeZone),
			ignoreEchoes: settings['ignoreEchoes'] === true,
			maxAgeMs: readMaxAgeMs(settings['maxAgeMinutes']),
			replayAgeMs: readReplayAgeMs(settings['replayDays']),
		},
		shape: {
			simplify: parameters.simplify !== false,
			includeRaw: settings['raw'] !== false,
			splitOutputs: settings['splitOutputs'] === true,
		},
		redact: settings['redact'] === true,
		markAsRead:
			settings['markAsRead'] === true || settings['showTyping'] === true
				? { showTyping: settings['showTyping'] === true }
				: null,
		download: settings['downloadMedia'] === true ? readDownload(settings) : null,
		replaceCallback: settings['replaceCallback'] === true,
	};
}

const USER_ID = /^[A-Z]{2}\.(ENT\.)?\w+$/;

/** A phone number as webhooks write it, or a user ID. */
function senderKey(sender: string): string {
	if (USER_ID.test(sender)) return sender;
	const digits = sender.replace(/\D/g, '').replace(/^00/, '');
	if (digits !== '') return digits;
	throw new FieldProblem(
		'Senders',
		`contains "${sender}", which is neither a phone number nor a user ID`,
		'Write numbers with the country code, such as +1 555 123 4567, or user IDs, such as US.13491208655302741918.',
	);
}

function readDownload(settings: Record<string, unknown>): TriggerOptions['download'] {
	const maxMegabytes = Number(settings['maxMegabytes'] ?? DEFAULT_MAX_MEGABYTES);
	if (!Number.isFinite(maxMegabytes) || maxMegabytes <= 0) {
		throw new FieldProblem(
			'Largest Download',
			'is not a number of megabytes above 0',
			'Enter megabytes, or remove the option.',
		);
	}
	return { outputField: textOf(settings['outputField']) || 'data', maxMegabytes };
}

function readMaxAgeMs(value: unknown): number | null {
	if (value === undefined || value === null || value === '') return null;
	const minutes = Number(value);
	if (Number.isFinite(minutes) && minutes > 0) return minutes * minuteMs;
	throw new FieldProblem(
		'Ignore Messages Older Than',
		'is not a number of minutes above 0',
		'Enter minutes, or remove the option.',
	);
}

function readReplayAgeMs(value: unknown): number | null {
	const days = value === undefined || value === null || value === '' ? REPLAY_DAYS : Number(value);
	if (days === 0) return null;
	if (Number.isFinite(days) && days > 0) return days * dayMs;
	throw new FieldProblem(
		'Drop Replays Older Than',
		'is not a number of days from 0 on',
		'Enter days, 0 to drop nothing, or remove the option.',
	);
}

function readHours(hours: Record<string, unknown>, workflowTimeZone: string): OpeningHours | null {
	const outside = hours['inside'] === undefined;
	if (outside && hours['outside'] === undefined) return null;
	const values = objectOf(hours[outside ? 'outside' : 'inside']);
	const timeZone = textOf(values['timeZone']) || workflowTimeZone;
	if (!isTimeZone(timeZone)) {
		throw new FieldProblem(
			'Hours › Time Zone',
			`"${timeZone}" is not known`,
			'Use a name such as Europe/Berlin, or leave it empty for the time zone of the workflow.',
		);
	}
	return {
		outside,
		fromMinute: readTimeOfDay('From', textOf(values['from']) || '9:00'),
		toMinute: readTimeOfDay('To', textOf(values['to']) || '17:00'),
		weekdays: new Set(listOf(values['weekdays']).map(Number)),
		timeZone,
	};
}

function readTimeOfDay(field: string, text: string): number {
	const minute = parseTimeOfDay(text);
	if (minute !== null) return minute;
	throw new FieldProblem(
		`Hours › ${field}`,
		`"${text}" is no time of day`,
		'Enter hours and minutes from 0:00 to 24:00, such as 9:00.',
	);
}

/** A list, or the comma-separated text that an expression may return instead. */
function listOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : textOf(value).split(',');
	return entries.map(textOf).filter((entry) => entry !== '');
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
