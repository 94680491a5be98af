import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Delivery, OutgoingMessage } from '../../delivery/outcome';
import { addressOf } from '../../messages/recipient';
import { deliveryError } from '../problems';
import type { Run } from '../run';

/**
 * The item of one message. Its names are permanent: workflows depend on them.
 *
 * @param input the recipient as it was written; empty where the message itself names it
 */
export function toItem(
	{ account, host }: Run,
	message: OutgoingMessage,
	delivery: Delivery,
	input: string,
	itemIndex: number,
): INodeExecutionData {
	const json: IDataObject = {
		outcome: delivery.outcome,
		messageId: delivery.messageId,
		recipient: {
			input: input === '' ? addressOf(message.recipient) : input,
			waId: delivery.waId,
			userId: delivery.userId,
		},
		phoneNumberId: message.phoneNumberId,
		operationId: message.operationId,
		attempts: delivery.attempts,
		latencyMs: delivery.latencyMs,
		fbtraceId: delivery.fbtraceId,
		payloadHash: message.payloadHash,
		graphVersion: account.graphVersion,
		token: delivery.token,
	};
	if (delivery.error === null) return { json };
	const { code, class: errorClass, message: text, advice } = delivery.error;
	return {
		json: { ...json, error: { code, class: errorClass, message: text, advice } },
		error: deliveryError(host, delivery, itemIndex),
	};
}
