import type { GraphAttempt } from '../../graph/client';
import { GraphApiError, NoAnswerError, type GraphFailure } from '../../graph/errors/errors';
import type { RetryPolicy } from '../../graph/steps/policy';
import { mayHaveBeenDone } from '../../graph/steps/retry';
import { stack } from '../../graph/steps/stack';
import type { Failed, Step } from '../../graph/steps/step';
import type { TokenChoice } from '../../graph/tokenChoice';
import { describeError, type Delivery, type OutgoingMessage } from './outcome';
import type { Clock } from '../../time/clock';
import type { Pacer } from '../pacing/pacer';

/** Answer of `POST /{phone}/messages`. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export interface SendAnswer {
	contacts?: { input?: string; wa_id?: string; user_id?: string }[];
	messages?: {
		id?: string;
		message_status?: string;
		/** Of the template that Meta made of a message outside the window. */
		template_id?: string | number;
	}[];
}

/** What a delivery needs from its surroundings. */
export interface DeliveryContext {
	attempt(message: OutgoingMessage, token: TokenChoice['inUse']): Promise<GraphAttempt<SendAnswer>>;
	/** Shared by all messages of a run: what one finds out about a token, all know. */
	tokens: TokenChoice;
	pacer: Pacer;
	/** False where another execution has taken the message over; see `LeaseHeartbeat`. */
	stillOwns(message: OutgoingMessage): Promise<boolean>;
	execution: string;
	messagesPerSecond: number | null;
	retryPolicy: RetryPolicy;
	clock: Clock;
	random(): number;
	signal: AbortSignal | undefined;
	onRetry(message: OutgoingMessage, error: GraphFailure, waitMs: number): void;
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
	const { clock, pacer, signal, tokens, retryPolicy } = context;
	const progress: Progress = { attempts: 0, latencyMs: null, token: tokens.inUse };
	const soFar: SoFar = { lastError: null, isCancelled: false };

	const pace: Step = async (call, make) => {
		const { phoneNumberId } = message;
		const { execution, messagesPerSecond } = context;
		if (await pacer.wait({ phoneNumberId, execution, messagesPerSecond, signal })) {
			return await make(call);
		}
		soFar.isCancelled = true;
		return failed(new NoAnswerError('unsendable', 'The execution was cancelled'));
	};
	const startLeaseHeartbeat: Step = async (call, make) =>
		(await context.stillOwns(message)) ? await make(call) : failed(takenOver());
	const keepProgress: Step = async (call, make) => {
		const sentAt = clock.now();
		const made = await make(call);
		progress.attempts++;
		progress.latencyMs = clock.now() - sentAt;
		progress.token = call.token ?? tokens.inUse;
		if (!made.ok) soFar.lastError = made.error;
		return made;
	};

	const steps = stack(
		{
			policyOf: () => retryPolicy,
			clock,
			random: () => context.random(),
			async onRetry(error, waitMs) {
				if (error instanceof GraphApiError && error.errorClass === 'throttled') {
					await pacer.slowDown(message.phoneNumberId, error.retryAfterMs ?? throttledPauseMs);
				}
				context.onRetry(message, error, waitMs);
			},
		},
		tokens,
		pace,
		startLeaseHeartbeat,
		keepProgress,
	);
	const made = await steps({ kind: 'change', token: tokens.inUse, signal }, (call) =>
		context.attempt(message, call.token ?? tokens.inUse),
	);

	if (soFar.isCancelled) return notSent('cancelled', progress, soFar.lastError);
	if (!made.ok) {
		return notSent(mayHaveBeenDone(made.error) ? 'unknown' : 'failed', progress, made.error);
	}
	const messageId = made.response.body.messages?.[0]?.id;
	if (messageId !== undefined) return sent(made.response, messageId, progress);
	const { status: httpStatus } = made.response;
	const problem = 'The answer says that all is well, but names no message';
	return notSent('unknown', progress, new NoAnswerError('unexpected', problem, { httpStatus }));
}

const failed = (error: GraphFailure): Failed => ({ ok: false, error });

function takenOver(): NoAnswerError {
	const problem =
		'This execution stood still for so long that another one has taken the message over';
	return new NoAnswerError('cancelled', problem);
}

/** What the steps leave for the end. */
interface SoFar {
	lastError: GraphFailure | null;
	/** While it waited for its turn. */
	isCancelled: boolean;
}

interface Progress {
	attempts: number;
	latencyMs: number | null;
	token: TokenChoice['inUse'];
}

function sent(
	response: { status: number; body: SendAnswer; fbtraceId: string | null },
	messageId: string,
	progress: Progress,
): Delivery {
	const contact = response.body.contacts?.[0];
	const templateId = response.body.messages?.[0]?.template_id;
	return {
		...progress,
		...(templateId === undefined ? {} : { templateId: String(templateId) }),
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
	cause: GraphFailure | null,
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
