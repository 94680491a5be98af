import type { ContactRules } from '../../contacts/rules/rules';
import type { Blocked } from '../../contacts/rules/situation';
import type { ServiceWindow } from '../../contacts/window';
import type { ErrorClass } from '../../graph/errors/errorClass';
import { GraphApiError, NoAnswerError } from '../../graph/errors/errors';
import type { Recipient } from '../../values/recipient';

/** What became of a message. The values are stored, so they must not change. */
export type Outcome = 'sent' | 'duplicate' | 'blocked' | 'failed' | 'unknown' | 'cancelled';

/** A message to be sent, ready for the wire. */
export interface OutgoingMessage {
	/** Identifies the intended message; travels as `biz_opaque_callback_data`. */
	operationId: string;
	phoneNumberId: string;
	recipient: Recipient;
	/** The path below the number: `messages` or `marketing_messages`. */
	endpoint: string;
	/** The request's JSON. */
	body: Record<string, unknown>;
	payloadHash: string;
	/** What Meta prices it as; null or omitted if nobody knows. */
	category?: string | null;
	/** What a template says to its recipient, if texts are kept and it is known. */
	templateText?: string | null;
	/** What it must keep to; omitted: what the credential says. */
	rules?: ContactRules;
}

/** What went wrong, for the item and the store. */
interface SendError {
	/** Meta's code; null if there was no answer. */
	code: number | null;
	class: ErrorClass | 'no_answer';
	message: string;
	advice: string;
}

/** The result of sending one message. */
export interface SendResult {
	outcome: Outcome;
	messageId: string | null;
	/** The number that sent it, if an earlier run did; omitted if it is the message's own. */
	phoneNumberId?: string;
	/** Meta's form of the number, without a plus; null if Meta does not say. */
	waId: string | null;
	userId: string | null;
	/** ID of the template that Meta made from the message, if its answer names one. */
	templateId?: string;
	/** Requests made in this run; 0 for a duplicate. */
	attempts: number;
	/** Latency of the last request; null if there was none. */
	latencyMs: number | null;
	fbtraceId: string | null;
	httpStatus: number | null;
	/** Which token the last request used: the credential's active one, or the standby. */
	token: 'active' | 'standby';
	error: SendError | null;
	/** The cause, for n8n's own error; not shown in the item. */
	cause: GraphApiError | NoAnswerError | null;
	/** Why a rule forbade it, if one did. */
	blocked?: BlockedMessage;
	/** The person's service window when it went, if it only goes within one. */
	window?: ServiceWindow['state'];
	/** What was sent, encrypted, if the account keeps texts. */
	keptText?: string;
}

/** Why a message did not go, and whether it waits. */
export interface BlockedMessage extends Blocked {
	/** From when Message › Resume sends it, in milliseconds since 1970; null if it does not. */
	resumableFrom: number | null;
}

/** The error as the item shows it. */
export function describeError(error: GraphApiError | NoAnswerError): SendError {
	if (error instanceof GraphApiError) {
		const { code, errorClass, message, advice, details } = error;
		return {
			code,
			class: errorClass,
			message: details === '' ? message : `${message} ${details}`,
			advice,
		};
	}
	return {
		code: null,
		class: 'no_answer',
		message: error.message,
		advice: error.mayHaveBeenProcessed
			? 'Meta may have taken the message. A status webhook may still tell; until then it is not sent again.'
			: 'The message was not sent. Check the network, a proxy, and Graph Base URL in the credential.',
	};
}

/** Errors that may pass: the message itself is sound. */
const passing: ReadonlySet<SendError['class']> = new Set([
	'auth',
	'limit_reached',
	'no_answer',
	'payment',
	'registration',
	'retry_later',
	'throttled',
	'throttled_long',
	'throttled_pair',
	'transient',
]);

/** Whether it did not go out for a reason other than the message itself. */
export const mayGoLater = ({ outcome, error }: SendResult): boolean =>
	outcome === 'cancelled' || (outcome === 'failed' && error !== null && passing.has(error.class));

/** Whether this stops all of the account's messages: a bad token, or Meta out of reach. */
export const stopsAll = ({ outcome, error, cause }: SendResult): boolean =>
	error?.class === 'auth' ||
	(outcome === 'failed' && cause instanceof NoAnswerError && cause.reason === 'unreachable');

/** The result of a message not sent because its execution was cancelled. */
export const cancelledResult = (token: SendResult['token']): SendResult => ({
	...notRequested(token),
	outcome: 'cancelled',
});

/** The result of a message that a rule forbids. */
export const blockedResult = (
	token: SendResult['token'],
	blocked: BlockedMessage,
): SendResult & { blocked: BlockedMessage } => ({
	...notRequested(token),
	outcome: 'blocked',
	blocked,
});

function notRequested(token: SendResult['token']): Omit<SendResult, 'outcome'> {
	return {
		messageId: null,
		waId: null,
		userId: null,
		attempts: 0,
		latencyMs: null,
		fbtraceId: null,
		httpStatus: null,
		token,
		error: null,
		cause: null,
	};
}
