import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';
import { KeyConflict } from '../../sending/idempotency/sendOnce';
import type { SendResult, OutgoingMessage } from '../../sending/attempt/outcome';
import { recipientAddress } from '../../values/recipient';
import { GraphApiError } from '../../graph/errors/errors';
import { StateProblem } from '../../store/stateProblem';
import type { ItemShape } from '../../node/itemShape';
import { toNodeError } from '../../node/problems';
import type { Run } from '../../node/run';

/** Shape of a sent message's item. */
export const sentShape = {
	outcome: 'string',
	messageId: 'string',
	recipient: {
		input: 'string',
		waId: 'string',
		userId: 'string',
	},
	phoneNumberId: 'string',
	operationId: 'string',
	attempts: 'integer',
	latencyMs: 'integer',
	fbtraceId: 'string',
	payloadHash: 'string',
	graphVersion: 'string',
	token: 'string',
} as const satisfies ItemShape;

/**
 * The item of one message. Its names are permanent: workflows depend on them.
 *
 * @param input the recipient as written; empty if the message itself names it
 */
export function toItem(
	{ account, host }: Run,
	message: OutgoingMessage,
	result: SendResult,
	input: string,
	itemIndex: number,
): INodeExecutionData {
	const json: IDataObject = {
		outcome: result.outcome,
		messageId: result.messageId,
		recipient: {
			input: input === '' ? recipientAddress(message.recipient) : input,
			waId: result.waId,
			userId: result.userId,
		},
		phoneNumberId: result.phoneNumberId ?? message.phoneNumberId,
		operationId: message.operationId,
		...(result.templateId === undefined ? {} : { templateId: result.templateId }),
		attempts: result.attempts,
		latencyMs: result.latencyMs,
		fbtraceId: result.fbtraceId,
		payloadHash: message.payloadHash,
		graphVersion: account.graphVersion,
		token: result.token,
	};
	// A message cancelled between two attempts is no error, whatever the first one returned.
	if (result.error === null || result.outcome === 'cancelled') return { json };
	const { code, class: errorClass, message: text, advice } = result.error;
	return {
		json: { ...json, error: { code, class: errorClass, message: text, advice } },
		error: sendError(host, result, itemIndex),
	};
}

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

/** The item of a message that was never requested: the same names, with whatever is known. */
export function notSentItem(
	{ account }: Run,
	outcome: 'cancelled' | 'failed' | 'unknown',
	operationId: string,
): IDataObject {
	return {
		outcome,
		messageId: null,
		recipient: null,
		phoneNumberId: null,
		operationId,
		attempts: 0,
		latencyMs: null,
		fbtraceId: null,
		payloadHash: null,
		graphVersion: account.graphVersion,
		token: null,
	};
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
