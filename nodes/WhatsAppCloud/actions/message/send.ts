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
import type { MessageContent, MessageType, OwnEnvelope } from '../../messages/messageType';
import { parseGroup, parseRecipient, type Recipient } from '../../messages/recipient';
import { defineOperation, type Operation, type Run } from '../operation';
import { itemValueNames } from '../parameters';
import { senderOf } from '../sender';

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
	/** In place of the usual field, for a message whose content can name the recipient. */
	recipient?: INodeProperties;
}): SendOperation {
	const { message, canReply = true, recipient = recipientField, ...texts } = definition;
	const valueFields = [
		senderField,
		recipient,
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
			const own = message.envelope?.(values) ?? {};
			const envelope: Envelope = {
				phoneNumberId: senderOf(run, shared.phoneNumberId),
				endpoint: own.endpoint ?? 'messages',
				recipient: own.recipient ?? recipientOf(run, shared),
				input: own.recipient ? addressOf(own.recipient) : shared.recipient,
				replyToMessageId: shared.replyToMessageId,
				callbackValue: shared.options.callbackValue,
				identityKeyHash: shared.options.identityKeyHash,
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
	endpoint: NonNullable<OwnEnvelope['endpoint']>;
	recipient: Recipient;
	/** The recipient as it was written. */
	input: string;
	replyToMessageId: string | undefined;
	callbackValue: string | undefined;
	identityKeyHash: string | undefined;
}

async function sendOne(
	run: Run,
	envelope: Envelope,
	content: MessageContent,
	operationId: string,
): Promise<IDataObject> {
	const { phoneNumberId, endpoint, recipient, replyToMessageId, identityKeyHash } = envelope;
	const json = {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...recipient,
		...(replyToMessageId === undefined ? {} : { context: { message_id: replyToMessageId } }),
		...(identityKeyHash === undefined ? {} : { recipient_identity_key_hash: identityKeyHash }),
		biz_opaque_callback_data: toCallbackData(operationId, envelope.callbackValue),
		// Last, because a body that the user wrote whole may have members of the envelope.
		...content,
	};
	const answer = await run.inLane(addressOf(recipient), () =>
		run.graph.call<SendAnswer>({ method: 'POST', path: `/${phoneNumberId}/${endpoint}`, json }),
	);
	return sentItem(answer, envelope, operationId);
}

const addressOf = (recipient: Recipient): string =>
	'recipient' in recipient ? recipient.recipient : recipient.to;

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
