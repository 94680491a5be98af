import type { ErrorClass } from '../../graph/errors/errorClass';
import { GraphApiError, NoAnswerError } from '../../graph/errors/errors';
import type { Recipient } from '../../values/recipient';

/** What became of a message; stored values and permanent. */
export type Outcome = 'sent' | 'duplicate' | 'blocked' | 'failed' | 'unknown' | 'cancelled';

/** One message that is to be sent, ready for the wire. */
export interface OutgoingMessage {
	/** Names the intended message; travels as `biz_opaque_callback_data`. */
	operationId: string;
	phoneNumberId: string;
	recipient: Recipient;
	/** Below the number: `messages` or `marketing_messages`. */
	endpoint: string;
	/** The request's JSON. */
	body: Record<string, unknown>;
	payloadHash: string;
}

/** What went wrong, for the item and the store. */
interface DeliveryError {
	/** Meta's code; null where no answer came. */
	code: number | null;
	class: ErrorClass | 'no_answer';
	message: string;
	advice: string;
}

/** What came of one message. */
export interface Delivery {
	outcome: Outcome;
	messageId: string | null;
	/** The number that sent it, where that was an earlier run's; left out for the message's own. */
	phoneNumberId?: string;
	/** Meta's form of the number, without plus; null where Meta does not say. */
	waId: string | null;
	userId: string | null;
	/** The template that Meta made of the message, where its answer names one. */
	templateId?: string;
	/** Requests made in this run; 0 for a duplicate. */
	attempts: number;
	/** Of the last request; null where none was made. */
	latencyMs: number | null;
	fbtraceId: string | null;
	httpStatus: number | null;
	/** Which token carried the last request: the credential's active one, or the other. */
	token: 'active' | 'standby';
	error: DeliveryError | null;
	/** The cause, for n8n's own error. Not for the item. */
	cause: GraphApiError | NoAnswerError | null;
}

/** The error in the form of the item. */
export function describeError(error: GraphApiError | NoAnswerError): DeliveryError {
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
			? 'Meta may have taken the message. A status webhook settles it; until then it is not sent again.'
			: 'The message was not sent. Check the network, a proxy, and Graph Base URL in the credential.',
	};
}

/** The message is sound, and its time may still come. */
const passing: ReadonlySet<DeliveryError['class']> = new Set([
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

/** It did not go out, for a reason that lies not in the message. */
export const mayGoLater = ({ outcome, error }: Delivery): boolean =>
	outcome === 'cancelled' || (outcome === 'failed' && error !== null && passing.has(error.class));

/** No message of the account can go out as long as this lasts: the token, or no way to Meta. */
export const stopsAll = ({ outcome, error, cause }: Delivery): boolean =>
	error?.class === 'auth' ||
	(outcome === 'failed' && cause instanceof NoAnswerError && cause.reason === 'unreachable');

/** Of a message that did not go because its execution was cancelled. */
export function cancelledDelivery(token: Delivery['token']): Delivery {
	return {
		outcome: 'cancelled',
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
