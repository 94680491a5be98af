import type { GraphAttempt } from '../../graph/client';
import { GraphApiError, NoAnswerError, type GraphFailure } from '../../graph/errors/errors';
import type { RetryPolicy } from '../../graph/steps/policy';
import { mayHaveBeenDone } from '../../graph/steps/retry';
import { stack } from '../../graph/steps/stack';
import type { Failed, Step } from '../../graph/steps/step';
import type { TokenChoice } from '../../graph/tokenChoice';
import { describeError, type SendResult, type OutgoingMessage } from './outcome';
import type { Clock } from '../../time/clock';
import type { Pacer } from '../pacing/pacer';

/** Answer of `POST /{phone}/messages`. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export interface SendAnswer {
	contacts?: { input?: string; wa_id?: string; user_id?: string }[];
	messages?: {
		id?: string;
		message_status?: string;
		/** ID of the template that Meta made from a message sent outside the window. */
		template_id?: string | number;
	}[];
}

/** What sending a message needs from its context. */
export interface DeliveryContext {
	attempt(message: OutgoingMessage, token: TokenChoice['inUse']): Promise<GraphAttempt<SendAnswer>>;
	/** Shared by all of a run's messages: what one learns about a token, all know. */
	tokens: TokenChoice;
	pacer: Pacer;
	/**
	 * Called before each request, to start the message's entry in the outbox and check the lease.
	 * False means another execution owns the message now, and nothing is sent.
	 */
	beforeRequest(message: OutgoingMessage): Promise<boolean>;
	execution: string;
	messagesPerSecond: number | null;
	retryPolicy: RetryPolicy;
	clock: Clock;
	random(): number;
	signal: AbortSignal | undefined;
	onRetry(message: OutgoingMessage, error: GraphFailure, waitMs: number): void;
}

/** How long to pause a throttled number if Meta does not say. */
const throttledPauseMs = 500;

/**
 * Sends one message at the pace of its number. Retries if Meta definitely refused it, and switches
 * to the other token if the first has expired. It never resends what Meta may have accepted.
 */
export async function deliver(
	message: OutgoingMessage,
	context: DeliveryContext,
): Promise<SendResult> {
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
	const checkOwnership: Step = async (call, make) =>
		(await context.beforeRequest(message)) ? await make(call) : failed(takenOver());
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
		checkOwnership,
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
		'This execution did not renew its lease in time, and another execution has taken the message over';
	return new NoAnswerError('cancelled', problem);
}

/** What the steps pass on to the end. */
interface SoFar {
	lastError: GraphFailure | null;
	/** Cancelled while waiting for its turn. */
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
): SendResult {
	const contact = response.body.contacts?.[0];
	const templateId = response.body.messages?.[0]?.template_id;
	return {
		...progress,
		...(templateId === undefined ? {} : { templateId: String(templateId) }),
		outcome: 'sent',
		messageId,
		// Meta omits the number, or leaves it empty, if it knows only the user ID.
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
): SendResult {
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
