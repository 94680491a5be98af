import { z } from 'zod/v4';
import type { OutgoingMessage } from '../attempt/outcome';
import type { DeliverySettings, TimeWindow } from '../settings/deliveryFields';
import type { ContactRules } from '../../contacts/rules/rules';
import { isWithinHours, type OpeningHours } from '../../time/hours';
import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import { seal, unseal, type TextKeeper } from '../../store/sealedText';

/** The settings that stay with a message, even when another execution sends it. */
export type SendSettings = Pick<
	DeliverySettings,
	'messagesPerSecond' | 'timeoutSeconds' | 'maxAttempts' | 'maxSeconds'
>;

/** What the store keeps so that another execution can send the message. */
interface StoredRequest extends Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body'> {
	settings: SendSettings;
	/** Sending hours of the run that enqueued it; null for any time. */
	window: TimeWindow | null;
	/** What a template says, if texts are kept and it is known. */
	templateText?: string | null | undefined;
	/** What it must keep to, as its sender chose; a message of an earlier version has none. */
	rules?: ContactRules | undefined;
}

/**
 * Serialises a message for the store: encrypted if texts are, so that none is left in plain text.
 * With hashed identifiers alone it stays plain, since whoever resumes it needs the recipient.
 */
export function toStoredRequest(
	{
		endpoint,
		recipient,
		body,
		templateText,
		rules,
	}: Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body' | 'templateText' | 'rules'>,
	{
		messagesPerSecond,
		timeoutSeconds,
		maxAttempts,
		maxSeconds,
		window,
	}: SendSettings & Pick<DeliverySettings, 'window'>,
	timeZone: string,
	{ keepTexts, appSecret }: Pick<TextKeeper, 'keepTexts' | 'appSecret'>,
): string {
	const settings = { messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds };
	const hours = window?.window;
	const stored: StoredRequest = {
		endpoint,
		recipient,
		body,
		settings,
		window: hours === undefined ? null : { ...hours, timeZone: hours.timeZone ?? timeZone },
		templateText,
		rules,
	};
	const text = JSON.stringify(stored);
	return keepTexts ? seal(text, appSecret) : text;
}

/** A message that another execution has enqueued, as read from its stored request. */
export interface StoredMessage {
	message: OutgoingMessage;
	settings: SendSettings;
	/** Whether it may go now, by the sending hours of the run that enqueued it. */
	mayGoNow: boolean;
}

/** @returns null if the store no longer has the request, or it cannot be read */
export function readStoredRequest(
	{ operationId, phoneNumberId, payloadHash, body, category = null }: OutboxEntry,
	nowMs: number,
	appSecret: string,
): StoredMessage | null {
	const text = body === null ? null : unseal(body, appSecret);
	const stored = text === null ? null : parse(text);
	if (stored === null) return null;
	const { settings, window, templateText, rules, ...request } = stored;
	return {
		message: {
			operationId,
			phoneNumberId,
			payloadHash,
			category,
			...request,
			...(templateText === undefined ? {} : { templateText }),
			...(rules === undefined ? {} : { rules }),
		},
		settings,
		mayGoNow: window === null || isWithinHours(openingHours(window, 'UTC'), nowMs),
	};
}

/** Only this package writes the column, but perhaps another version of it, or someone by hand. */
function parse(text: string): StoredRequest | null {
	try {
		const value: unknown = JSON.parse(text);
		return storedRequestSchema.safeParse(value).success ? (value as StoredRequest) : null;
	} catch {
		return null;
	}
}

const storedRequestSchema = z.object({
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

/** @param timeZone used if the window names none */
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
