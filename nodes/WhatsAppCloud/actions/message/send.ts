import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { recipientField, replyField } from '../../fields/recipient';
import { senderField } from '../../fields/sender';
import type { GraphResponse } from '../../graph/client';
import { kindOf, optionalText } from '../../messages/limits';
import type { MessageType } from '../../messages/messageType';
import { parseRecipient } from '../../messages/recipient';
import { defineOperation, type Operation, type Run } from '../operation';
import { FieldProblem } from '../problems';

/**
 * Sends under way at once. One number may send 80 messages a second; at the 50 to 500 ms that
 * Meta takes, 100 reach it with room to spare.
 */
const concurrentSends = 100;

/** Answer of `POST /{phone}/messages`. */
interface SendAnswer {
	contacts?: Array<{ input?: string; wa_id?: string; user_id?: string }>;
	messages?: Array<{ id?: string; message_status?: string }>;
}

const sharedSchema = z.object({
	phoneNumberId: optionalText(64),
	recipient: z.preprocess(
		(value) =>
			typeof value === 'number' || typeof value === 'bigint' ? String(value) : (value ?? ''),
		z.string({ error: ({ input }) => `must be text, but is ${kindOf(input)}` }),
	),
	replyToMessageId: optionalText(512),
});

/** Makes the operation that sends one message type: sender and recipient around the type's fields. */
export function sendOperation(definition: {
	name: string;
	action: string;
	description: string;
	message: MessageType;
}): Operation {
	const { message, ...texts } = definition;
	const fields: INodeProperties[] = [senderField, recipientField, ...message.fields, replyField];
	return defineOperation({
		...texts,
		fields,
		schema: z.intersection(sharedSchema, message.schema),
		concurrency: concurrentSends,
		async execute(run, values, itemIndex) {
			const shared: z.output<typeof sharedSchema> = values;
			const recipient = parseRecipient(shared.recipient, run.account.defaultCountry);
			const operationId = `${run.operationPrefix}:${itemIndex}`;
			const body = {
				messaging_product: 'whatsapp',
				recipient_type: 'individual',
				...recipient,
				...message.build(values),
				...(shared.replyToMessageId === undefined
					? {}
					: { context: { message_id: shared.replyToMessageId } }),
				biz_opaque_callback_data: operationId,
			};
			const phoneNumberId = senderOf(run, shared.phoneNumberId);
			const key = 'recipient' in recipient ? recipient.recipient : recipient.to;
			const answer = await run.inLane(key, () =>
				run.graph.call<SendAnswer>({
					method: 'POST',
					path: `/${phoneNumberId}/messages`,
					json: body,
				}),
			);
			return sentItem(answer, { input: shared.recipient, phoneNumberId, operationId });
		},
	});
}

/** The number that sends: the item's own, else the credential's. */
export function senderOf(run: Run, phoneNumberId: string | undefined): string {
	const id = phoneNumberId ?? run.account.phoneNumberId;
	if (/^\d+$/.test(id)) return id;
	throw new FieldProblem(
		'Sender',
		id === '' ? 'is empty' : 'must be a phone number ID, which consists of digits only',
		'Pick a sender from the list, or set Default Phone Number ID in the credential.',
	);
}

function sentItem(
	answer: GraphResponse<SendAnswer>,
	sent: { input: string; phoneNumberId: string; operationId: string },
): IDataObject {
	const contact = answer.body.contacts?.[0];
	const message = answer.body.messages?.[0];
	return {
		outcome: 'sent',
		messageId: message?.id ?? null,
		recipient: {
			input: sent.input,
			// Meta leaves the number out, or empty, where it only knows the user ID.
			waId: contact?.wa_id || null,
			userId: contact?.user_id || null,
		},
		phoneNumberId: sent.phoneNumberId,
		operationId: sent.operationId,
		attempts: 1,
		latencyMs: answer.latencyMs,
		fbtraceId: answer.fbtraceId,
	};
}
