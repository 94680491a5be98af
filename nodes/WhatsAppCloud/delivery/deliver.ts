import type { GraphAttempt } from '../graph/client';
import { GraphApiError, NoAnswerError } from '../graph/errors';
import { describeError, type Delivery, type OutgoingMessage } from './outcome';
import type { Clock, Pacer } from './pacer';
import { judge, type RetryPolicy } from './retry';

/** Answer of `POST /{phone}/messages`. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export interface SendAnswer {
	contacts?: Array<{ input?: string; wa_id?: string; user_id?: string }>;
	messages?: Array<{ id?: string; message_status?: string }>;
}

/** The two tokens of a credential, and which of them is in use in this run. */
export interface TokenChoice {
	inUse: 'active' | 'standby';
	readonly hasStandby: boolean;
}

/** What a delivery needs from its surroundings. */
export interface DeliveryContext {
	attempt(message: OutgoingMessage, token: TokenChoice['inUse']): Promise<GraphAttempt<SendAnswer>>;
	/** Shared by all messages of a run: what one finds out about a token, all know. */
	tokens: TokenChoice;
	pacer: Pacer;
	/** False where another execution has taken the message over; see `HeldLease`. */
	stillHolds(message: OutgoingMessage): Promise<boolean>;
	execution: string;
	messagesPerSecond: number | null;
	retryPolicy: RetryPolicy;
	clock: Clock;
	random(): number;
	signal: AbortSignal | undefined;
	onRetry(message: OutgoingMessage, error: GraphApiError | NoAnswerError, waitMs: number): void;
}

/** Pause of a number that Meta throttles, where Meta names none. */
const throttledPauseMs = 500;

/**
 * Sends one message: at the pace of its number, again where Meta surely refused it, with the other
 * token where the first has ended. It never sends again what Meta may have taken.
 */
export async function deliver(
	message: OutgoingMessage,
	context: DeliveryContext,
): Promise<Delivery> {
	const { clock, pacer, signal, tokens } = context;
	const startedAt = clock.now();
	const { execution, messagesPerSecond } = context;
	let progress: Progress = { attempts: 0, latencyMs: null, token: tokens.inUse };
	let lastError: GraphApiError | NoAnswerError | null = null;

	for (;;) {
		const turn = { phoneNumberId: message.phoneNumberId, execution, messagesPerSecond, signal };
		if (!(await pacer.wait(turn))) return notSent('cancelled', progress, lastError);

		if (!(await context.stillHolds(message))) return notSent('unknown', progress, takenOver());

		const token = tokens.inUse;
		const sentAt = clock.now();
		const made = await context.attempt(message, token);
		progress = { attempts: progress.attempts + 1, latencyMs: clock.now() - sentAt, token };
		if (made.ok) {
			const messageId = made.response.body.messages?.[0]?.id;
			if (messageId !== undefined) return sent(made.response, messageId, progress);
			const { status: httpStatus } = made.response;
			const problem = 'The answer says that all is well, but names no message';
			const nobody = new NoAnswerError('unreadable', problem, { httpStatus });
			return notSent('unknown', progress, nobody);
		}

		const { error } = made;
		lastError = error;
		if (isTokenRefused(error) && tokens.hasStandby) {
			// Another message of the run may have changed over in the meantime.
			if (tokens.inUse !== token) continue;
			if (token === 'active') {
				tokens.inUse = 'standby';
				continue;
			}
		}
		const elapsedMs = clock.now() - startedAt;
		const verdict = judge(error, progress.attempts, elapsedMs, context.retryPolicy, () =>
			context.random(),
		);
		if (verdict.next !== 'retry') return notSent(verdict.next, progress, error);
		if (error instanceof GraphApiError && error.errorClass === 'throttled') {
			await pacer.slowDown(message.phoneNumberId, error.retryAfterMs ?? throttledPauseMs);
		}
		context.onRetry(message, error, verdict.waitMs);
		await clock.sleep(verdict.waitMs, signal);
	}
}

function takenOver(): NoAnswerError {
	const problem =
		'This execution stood still for so long that another one has taken the message over';
	return new NoAnswerError('cancelled', problem);
}

interface Progress {
	attempts: number;
	latencyMs: number | null;
	token: TokenChoice['inUse'];
}

/** Meta refused the token itself, so that it has not looked at the message. */
function isTokenRefused(error: GraphApiError | NoAnswerError): boolean {
	return error instanceof GraphApiError && error.errorClass === 'auth';
}

function sent(
	response: { status: number; body: SendAnswer; fbtraceId: string | null },
	messageId: string,
	progress: Progress,
): Delivery {
	const contact = response.body.contacts?.[0];
	return {
		...progress,
		outcome: 'sent',
		messageId,
		// Meta leaves the number out, or empty, where it only knows the user ID.
		waId: contact?.wa_id || null,
		userId: contact?.user_id || null,
		fbtraceId: response.fbtraceId,
		httpStatus: response.status,
		error: null,
		cause: null,
	};
}

function notSent(
	outcome: 'failed' | 'unknown' | 'cancelled',
	progress: Progress,
	cause: GraphApiError | NoAnswerError | null,
): Delivery {
	return {
		...progress,
		outcome,
		messageId: null,
		waId: null,
		userId: null,
		fbtraceId: cause instanceof GraphApiError ? cause.fbtraceId : null,
		httpStatus: cause?.httpStatus ?? null,
		error: cause && describeError(cause),
		cause,
	};
}
