import { z } from 'zod/v4';
import type { OutgoingMessage } from '../attempt/outcome';
import type { DeliverySettings, TimeWindow } from '../settings/deliveryFields';
import { isWithinHours, type OpeningHours } from '../../time/hours';
import type { OutboxEntry } from '../../store/outbox/outboxStore';

/** The settings that go with a message, also when another execution sends it. */
export type SendSettings = Pick<
	DeliverySettings,
	'messagesPerSecond' | 'timeoutSeconds' | 'maxAttempts' | 'maxSeconds'
>;

/** What the store keeps of a message so that another execution can send it. */
interface Recorded extends Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body'> {
	settings: SendSettings;
	/** Hours of the run that recorded it; null for any time. */
	window: TimeWindow | null;
}

/** The text in which a message is recorded. */
export function recordedForm(
	{ endpoint, recipient, body }: Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body'>,
	{
		messagesPerSecond,
		timeoutSeconds,
		maxAttempts,
		maxSeconds,
		window,
	}: SendSettings & Pick<DeliverySettings, 'window'>,
	timeZone: string,
): string {
	const settings = { messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds };
	const hours = window?.window;
	const recorded: Recorded = {
		endpoint,
		recipient,
		body,
		settings,
		window: hours === undefined ? null : { ...hours, timeZone: hours.timeZone ?? timeZone },
	};
	return JSON.stringify(recorded);
}

/** A message that another execution has recorded. */
export interface RecordedMessage {
	message: OutgoingMessage;
	settings: SendSettings;
	/** Whether the hours of the run that recorded it allow it to go now. */
	mayGoNow: boolean;
}

/** @returns null where the store has forgotten the request, or it cannot be read */
export function readRecorded(
	{ operationId, phoneNumberId, payloadHash, body }: OutboxEntry,
	nowMs: number,
): RecordedMessage | null {
	const recorded = body === null ? null : parseRecorded(body);
	if (recorded === null) return null;
	const { settings, window, ...stored } = recorded;
	return {
		message: { operationId, phoneNumberId, payloadHash, ...stored },
		settings,
		mayGoNow: window === null || isWithinHours(openingHours(window, 'UTC'), nowMs),
	};
}

/** Only this package writes the column, but another version of it may have, or a hand. */
function parseRecorded(text: string): Recorded | null {
	try {
		const value: unknown = JSON.parse(text);
		return recordedSchema.safeParse(value).success ? (value as Recorded) : null;
	} catch {
		return null;
	}
}

const recordedSchema = z.object({
	endpoint: z.string().min(1),
	recipient: z.union([z.object({ to: z.string() }), z.object({ recipient: z.string() })]),
	body: z.record(z.string(), z.unknown()),
	settings: z.object({
		messagesPerSecond: z.number().nullable(),
		timeoutSeconds: z.number(),
		maxAttempts: z.number(),
		maxSeconds: z.number(),
	}),
	window: z
		.object({ from: z.number(), to: z.number(), days: z.array(z.number()), timeZone: z.string() })
		.nullable(),
});

/** @param timeZone where the window names none */
export function openingHours(
	{ from, to, days, timeZone: own }: TimeWindow,
	timeZone: string,
): OpeningHours {
	return {
		outside: false,
		fromMinute: from,
		toMinute: to,
		weekdays: new Set(days),
		timeZone: own ?? timeZone,
	};
}
