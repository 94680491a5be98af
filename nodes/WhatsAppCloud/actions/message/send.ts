import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { recipientField, replyField } from '../../fields/recipient';
import { sendOptionsField, sendOptionsSchema } from '../../fields/sendOptions';
import { senderField } from '../../fields/sender';
import { valuesFromFields } from '../../fields/valuesFrom';
import type { GraphResponse } from '../../graph/client';
import { toCallbackData } from '../../messages/callbackData';
import { optionalText, textual } from '../../messages/limits';
import { uploadBinaries } from '../../messages/mediaReference';
import type { MessageContent, MessageType } from '../../messages/messageType';
import { parseGroup, parseRecipient, type Recipient } from '../../messages/recipient';
import { defineOperation, type Operation, type Run } from '../operation';
import { itemValueNames } from '../parameters';
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
	recipient: z.preprocess((value) => value ?? '', textual),
	replyToMessageId: optionalText(512),
	options: sendOptionsSchema,
});

/** A send, with the message type that it sends. */
export interface SendOperation extends Operation {
	message: MessageType;
}

/** Makes the operation that sends one message type: sender and recipient around the type's fields. */
export function sendOperation(definition: {
	name: string;
	action: string;
	description: string;
	message: MessageType;
	/** Reactions and read receipts answer a message in another way. */
	canReply?: boolean;
}): SendOperation {
	const { message, canReply = true, ...texts } = definition;
	const valueFields = [
		senderField,
		recipientField,
		...message.fields,
		...(canReply ? [replyField] : []),
	];
	const fields: INodeProperties[] = [
		...valuesFromFields(itemValueNames(valueFields)),
		...valueFields,
		sendOptionsField(message.options),
	];
	const operation = defineOperation({
		...texts,
		fields,
		schema: z.intersection(sharedSchema, message.schema),
		concurrency: concurrentSends,
		async execute(run, values, itemIndex) {
			const shared: z.output<typeof sharedSchema> = values;
			const envelope: Envelope = {
				phoneNumberId: senderOf(run, shared.phoneNumberId),
				recipient: recipientOf(run, shared),
				input: shared.recipient,
				replyToMessageId: shared.replyToMessageId,
				callbackValue: shared.options.callbackValue,
			};
			const ready = await uploadBinaries(values, (media) =>
				run.uploads.mediaId(media, itemIndex, envelope.phoneNumberId),
			);
			const operationId = `${run.operationPrefix}:${itemIndex}`;
			const built = message.build(ready);
			if (!Array.isArray(built)) return await sendOne(run, envelope, built, operationId);
			const results: IDataObject[] = [];
			for (const [part, content] of built.entries()) {
				results.push(await sendOne(run, envelope, content, `${operationId}:${part}`));
			}
			return results.map((json) => ({ json }));
		},
	});
	return { ...operation, message };
}

/** What stands around the content of a message. */
interface Envelope {
	phoneNumberId: string;
	recipient: Recipient;
	/** The recipient as it was written. */
	input: string;
	replyToMessageId: string | undefined;
	callbackValue: string | undefined;
}

async function sendOne(
	run: Run,
	envelope: Envelope,
	content: MessageContent,
	operationId: string,
): Promise<IDataObject> {
	const { phoneNumberId, recipient, replyToMessageId } = envelope;
	const json = {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...recipient,
		...content,
		...(replyToMessageId === undefined ? {} : { context: { message_id: replyToMessageId } }),
		biz_opaque_callback_data: toCallbackData(operationId, envelope.callbackValue),
	};
	const key = 'recipient' in recipient ? recipient.recipient : recipient.to;
	const answer = await run.inLane(key, () =>
		run.graph.call<SendAnswer>({ method: 'POST', path: `/${phoneNumberId}/messages`, json }),
	);
	return sentItem(answer, envelope, operationId);
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

function recipientOf(run: Run, shared: z.output<typeof sharedSchema>): Recipient {
	return shared.options.recipientType === 'group'
		? parseGroup(shared.recipient)
		: parseRecipient(shared.recipient, run.account.defaultCountry);
}

function sentItem(
	answer: GraphResponse<SendAnswer>,
	{ input, phoneNumberId }: Envelope,
	operationId: string,
): IDataObject {
	const contact = answer.body.contacts?.[0];
	const message = answer.body.messages?.[0];
	return {
		outcome: 'sent',
		messageId: message?.id ?? null,
		recipient: {
			input,
			// Meta leaves the number out, or empty, where it only knows the user ID.
			waId: contact?.wa_id || null,
			userId: contact?.user_id || null,
		},
		phoneNumberId,
		operationId,
		attempts: 1,
		latencyMs: answer.latencyMs,
		fbtraceId: answer.fbtraceId,
	};
}
