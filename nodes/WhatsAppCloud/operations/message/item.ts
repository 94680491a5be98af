import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';
import { KeyConflict } from '../../sending/idempotency/sendOnce';
import type { BlockedMessage, SendResult, OutgoingMessage } from '../../sending/attempt/outcome';
import { recipientAddress } from '../../values/recipient';
import { isoTime } from '../../values/timestamp';
import { GraphApiError } from '../../graph/errors/errors';
import { StateProblem } from '../../store/stateProblem';
import type { ItemShape } from '../../node/itemShape';
import { toNodeError } from '../../node/problems';
import type { Run } from '../../node/run';

/** Shape of a sent message's item, without the technical details. */
export const sentShape = {
	outcome: 'string',
	messageId: 'string',
	recipient: {
		input: 'string',
		waId: 'string',
		userId: 'string',
	},
	phoneNumberId: 'string',
} as const satisfies ItemShape;

/** What few workflows need: how the message was sent, and by which ID the state knows it. */
interface TechnicalDetails {
	operationId: string;
	attempts: number;
	latencyMs: number | null;
	fbtraceId: string | null;
	payloadHash: string | null;
	graphVersion: string;
	token: SendResult['token'] | null;
}

/**
 * Adds the details if the panel asks for them. An item without a message ID has at least the
 * operation ID, since nothing else says which message it is.
 */
function withDetails({ isDetailed }: Run, json: IDataObject, details: TechnicalDetails) {
	if (isDetailed) return { ...json, ...details };
	return json['messageId'] === null ? { ...json, operationId: details.operationId } : json;
}

/** Where a message came from. */
interface MessageOrigin {
	itemIndex: number;
	/** The recipient as written; empty if the message itself names it. */
	written: string;
	/** What the type of message adds to the item. */
	details?: Record<string, unknown>;
}

/** The item of one message. Its names are permanent: workflows depend on them. */
export function toItem(
	run: Run,
	message: OutgoingMessage,
	result: SendResult,
	{ itemIndex, written, details = {} }: MessageOrigin,
): INodeExecutionData {
	// A message cancelled between two attempts is no error, whatever the first one returned.
	const error = result.outcome === 'cancelled' ? null : result.error;
	const json = withDetails(
		run,
		{
			outcome: result.outcome,
			messageId: result.messageId,
			recipient: {
				input: written === '' ? recipientAddress(message.recipient) : written,
				waId: result.waId,
				userId: result.userId,
			},
			phoneNumberId: result.phoneNumberId ?? message.phoneNumberId,
			...(result.templateId === undefined ? {} : { templateId: result.templateId }),
			...(details as IDataObject),
			...(error === null ? {} : { error: errorInItem(error) }),
			...(result.outcome === 'blocked' && result.blocked !== undefined
				? { blocked: blockedInItem(result.blocked) }
				: {}),
			...(result.window === 'unknown' ? { window: result.window } : {}),
		},
		{
			operationId: message.operationId,
			attempts: result.attempts,
			latencyMs: result.latencyMs,
			fbtraceId: result.fbtraceId,
			payloadHash: message.payloadHash,
			graphVersion: run.account.graphVersion,
			token: result.token,
		},
	);
	return error === null ? { json } : { json, error: sendError(run.host, result, itemIndex) };
}

const errorInItem = ({
	code,
	class: errorClass,
	message,
	advice,
}: NonNullable<SendResult['error']>): IDataObject => ({ code, class: errorClass, message, advice });

/** Why a message did not go, and when it may. */
export const blockedInItem = ({
	rule,
	reason,
	advice,
	until,
	resumableFrom,
}: BlockedMessage): IDataObject => ({
	rule,
	reason,
	advice,
	until: isoTime(until),
	isKeptForResume: resumableFrom !== null,
});

/** n8n's error for a message that was not sent, or may not have been sent. */
function sendError(
	host: IExecuteFunctions,
	{ cause, error, outcome }: SendResult,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (cause !== null) return toNodeError(host, cause, itemIndex);
	const state = outcome === 'unknown' ? 'It is not known whether the message was sent. ' : '';
	const reason = error?.message ?? '';
	return new NodeOperationError(host.getNode(), `${state}${reason} [item ${itemIndex}]`, {
		...(error === null ? {} : { description: error.advice }),
		itemIndex,
		level: 'warning',
	});
}

/**
 * The item of a message that was never requested: the same names, with whatever is known.
 *
 * @param error what went wrong, as {@link problemOfItem} tells it
 */
export function notSentItem(
	run: Run,
	outcome: 'cancelled' | 'failed' | 'unknown',
	{ operationId, payloadHash, recipient, phoneNumberId }: KnownOfMessage,
	error?: IDataObject,
): IDataObject {
	return withDetails(
		run,
		{
			outcome,
			messageId: null,
			recipient: recipient === undefined ? null : { input: recipient, waId: null, userId: null },
			phoneNumberId: phoneNumberId ?? null,
			...(error === undefined ? {} : { error }),
		},
		{
			operationId,
			attempts: 0,
			latencyMs: null,
			fbtraceId: null,
			payloadHash: payloadHash ?? null,
			graphVersion: run.account.graphVersion,
			token: null,
		},
	);
}

/** What is known of a message that was never requested. */
interface KnownOfMessage {
	operationId: string;
	payloadHash?: string;
	recipient?: string;
	phoneNumberId?: string;
}

/**
 * The outcome if this run did not send the message. If the state is unavailable, an earlier attempt
 * may have sent it, and after `failed` someone might send it again in another way.
 */
export function outcomeOfProblem(caught: unknown): 'failed' | 'unknown' {
	return caught instanceof StateProblem ? 'unknown' : 'failed';
}

/** What went wrong before the request, as shown in the item. */
export function problemOfItem(
	caught: unknown,
	{ message, description }: NodeApiError | NodeOperationError,
): IDataObject {
	const known =
		caught instanceof GraphApiError
			? { code: caught.code, class: caught.errorClass }
			: { code: null, class: classOf(caught) };
	return { ...known, message, advice: description ?? '' };
}

function classOf(caught: unknown): 'key_conflict' | 'state' | 'value' {
	if (caught instanceof KeyConflict) return 'key_conflict';
	return caught instanceof StateProblem ? 'state' : 'value';
}
