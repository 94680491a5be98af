import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	checkEnvelopeOutside,
	checkPersonOutside,
	outsideWindowMembers,
	refuseOutsideWindow,
} from '../../fields/outsideWindow';
import { recipientField, replyField } from '../../fields/recipientField';
import { sendOptionsField, sendOptionsSchema } from '../../fields/sendOptions';
import { senderField } from '../../fields/senderField';
import { valuesFromFields, type NamesByChoice } from '../../fields/valuesFrom';
import { fingerprintOf, operationIdOfKey, payloadHashOf } from '../../sending/idempotency/identity';
import { deliveryField } from '../../sending/settings/deliveryFields';
import { accountKeyOf, contentHashOf, identifierKey } from '../../graph/account';
import { toCallbackData } from '../../sending/attempt/callbackData';
import { asLongAsKept } from '../../store/outbox/outboxStore';
import { optionalId, optionalMessageId } from '../../values/id';
import { textual } from '../../values/limits';
import { uploadBinaries } from '../../messages/mediaReference';
import type { MessageContent, MessageType, OwnEnvelope } from '../../messages/messageType';
import { addressOf, parseGroup, parseRecipient, type Recipient } from '../../values/recipient';
import { defineOperation, type Operation } from '../../node/operation';
import { itemValueNames } from '../../node/parameters';
import type { Run } from '../../node/run';
import { senderOf } from '../../node/sender';
import { notSentItem, outcomeOfProblem, problemOfItem, sentShape, toItem } from './item';
import type { Dispatch } from '../../sending/messenger';
import { nameOf, operationIdIn, type MessagePlace } from '../../sending/idempotency/operationIds';
import { recordedForm } from '../../sending/campaign/recorded';
import { systemClock } from '../../time/system/systemClock';
import { dayMs } from '../../time/durations';

const sharedSchema = z.object({
	phoneNumberId: optionalId(64),
	recipient: z.preprocess((value) => value ?? '', textual),
	replyToMessageId: optionalMessageId,
	options: sendOptionsSchema,
});

/** A send, with the message type that it sends. */
export interface SendOperation extends Operation {
	message: MessageType;
}

/** What an item can give for each of the types that a message is chosen from. */
function namesByChoice(
	{ choice }: MessageType,
	fields: INodeProperties[],
): NamesByChoice | undefined {
	if (choice === undefined) return undefined;
	const { parameter, variants } = choice;
	const namesOf = (value: string): string[] =>
		itemValueNames(
			fields.filter(({ displayOptions }) => {
				const shownFor = displayOptions?.show?.[parameter];
				return shownFor === undefined || shownFor.includes(value);
			}),
		);
	return {
		parameter,
		names: new Map(Object.keys(variants).map((value) => [value, namesOf(value)])),
	};
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
	/** For what there is in groups alone: the recipient is one, whatever the options say. */
	toGroup?: boolean;
}): SendOperation {
	const {
		message,
		canReply = true,
		recipient: field = recipientField,
		toGroup = false,
		...texts
	} = definition;
	const valueFields = [senderField, field, ...message.fields, ...(canReply ? [replyField] : [])];
	const fields: INodeProperties[] = [
		...valuesFromFields(itemValueNames(valueFields), namesByChoice(message, valueFields)),
		...valueFields,
		sendOptionsField(message.options),
		deliveryField,
	];
	/** Whom the content itself names, else whom the field names. Nothing else decides it. */
	const recipientOf = (run: Run, values: Record<string, unknown>): Recipient => {
		const { options, recipient } = values as z.output<typeof sharedSchema>;
		const named = message.envelope?.(values).recipient;
		if (named !== undefined) return named;
		if (toGroup || options.recipientType === 'group') return parseGroup(recipient);
		const person = parseRecipient(recipient, run.account.defaultCountry);
		checkPersonOutside(person, options.outsideWindow);
		return person;
	};
	/** The recipient as the field has it; empty where the content itself names another. */
	const writtenIn = (values: z.output<typeof sharedSchema>): string =>
		message.envelope?.(values).recipient === undefined ? values.recipient : '';
	/** The messages of one item, ready to go. Uploads its files. */
	const prepare = async (
		run: Run,
		values: Record<string, unknown>,
		recipient: Recipient,
		itemIndex: number,
	): Promise<Dispatch[]> => {
		const shared = values as z.output<typeof sharedSchema>;
		const envelope: Omit<Envelope, 'uploaded'> = {
			phoneNumberId: senderOf(run, shared.phoneNumberId),
			endpoint: message.envelope?.(values).endpoint ?? 'messages',
			recipient,
			replyToMessageId: shared.replyToMessageId,
			options: shared.options,
		};
		const uploaded = new Map<string, string>();
		const ready = await uploadBinaries(values, async (media) => {
			const { file, contentHash } = await run.uploads.upload(
				media,
				itemIndex,
				envelope.phoneNumberId,
			);
			uploaded.set(file.id, contentHash);
			return file;
		});
		const built = message.build(ready);
		const contents = Array.isArray(built) ? built : [built];
		return await Promise.all(
			contents.map((content, index) =>
				toDispatch(run, { ...envelope, uploaded }, content, {
					itemIndex,
					part: Array.isArray(built) ? index : null,
				}),
			),
		);
	};

	const operation = defineOperation({
		...texts,
		fields,
		schema: z.intersection(sharedSchema, message.schema).check(({ value, issues }) => {
			const { options, replyToMessageId } = value;
			if (options.outsideWindow === undefined) return;
			if (message.outsideWindow === undefined) refuseOutsideWindow(texts.name, { issues });
			else message.outsideWindow(value, { issues });
			checkEnvelopeOutside({ replyToMessageId, options }, { issues });
		}),
		outputSchema: sentShape,
		concurrency: ({ messenger }) => messenger.settings().concurrency,
		/**
		 * Each item is read and built here and once more when its turn has come: to keep what was
		 * built would hold the whole batch in memory, and to read it back from the store would cost a
		 * trip for each message. Its files go up once all the same, since the run knows its uploads.
		 */
		async beforeItems(run, read, itemCount) {
			if (!run.messenger.settings().recordFirst) return;
			for (let first = 0; first < itemCount && isGoingOn(run); first += recordLot) {
				const lot = Array.from(
					{ length: Math.min(recordLot, itemCount - first) },
					(_, i) => first + i,
				);
				// What cannot be read is left out here; it fails in its own place, with its own item.
				const prepared = await Promise.allSettled(
					lot.map(async (itemIndex) => {
						const values = read(itemIndex);
						return await prepare(run, values, recipientOf(run, values), itemIndex);
					}),
				);
				await run.messenger.record(
					prepared.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])),
				);
			}
		},
		async execute(run, values, itemIndex) {
			const recipient = recipientOf(run, values);
			// The place in the line is taken here, as long as nothing was waited for: a slow upload must
			// not let the message of a later item to the same person overtake.
			return await run.messenger.inOrder(recipient, async () => {
				const results: INodeExecutionData[] = [];
				if (!isGoingOn(run)) return [{ json: notBegun(run, itemIndex) }];
				let isThrough = false;
				try {
					for (const dispatch of await prepare(run, values, recipient, itemIndex)) {
						const delivery = await run.messenger.send(dispatch);
						results.push(toItem(run, dispatch.message, delivery, writtenIn(values), itemIndex));
						// The parts of a long text make no sense with one missing.
						if (delivery.outcome !== 'sent' && delivery.outcome !== 'duplicate') break;
					}
					isThrough = results.every(({ error }) => error === undefined);
				} finally {
					// Told before the next in the line has its turn.
					run.isStopping ||= !isThrough && !run.host.continueOnFail();
				}
				return results;
			});
		},
		notBegun,
		failed: (run, itemIndex, caught, error) => ({
			...notSentItem(run, outcomeOfProblem(caught), nameOf(run, itemIndex)),
			error: problemOfItem(caught, error),
		}),
	});
	return { ...operation, message };
}

/** So many messages are recorded at once, to keep memory flat. */
const recordLot = 500;

/** What stands around the content of a message. */
interface Envelope {
	phoneNumberId: string;
	endpoint: NonNullable<OwnEnvelope['endpoint']>;
	recipient: Recipient;
	replyToMessageId: string | undefined;
	options: z.output<typeof sendOptionsSchema>;
	/** Hashes of the uploaded files, by media ID. */
	uploaded: ReadonlyMap<string, string>;
}

async function toDispatch(
	run: Run,
	{ phoneNumberId, endpoint, recipient, replyToMessageId, options, uploaded }: Envelope,
	content: MessageContent,
	{ itemIndex, part }: MessagePlace,
): Promise<Dispatch> {
	const { account, messenger } = run;
	const { workflowId, executionId, nodeId, nodeName, runIndex, toolCall, executionBegan } =
		run.identity;
	const accountKey = accountKeyOf(account);
	const origin = { workflowId, executionId, nodeId, nodeName, runIndex, itemIndex };
	const unnamed = {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...(replyToMessageId === undefined ? {} : { context: { message_id: replyToMessageId } }),
		...(options.identityKeyHash === undefined
			? {}
			: { recipient_identity_key_hash: options.identityKeyHash }),
		...(options.outsideWindow === undefined ? {} : outsideWindowMembers(options.outsideWindow)),
		// After these, because a body that the user wrote whole may have members of the envelope.
		...content,
		// What the store, the order and the item say of the recipient has to be what goes out.
		...recipient,
	};
	const hash = contentHashOf(account);
	const payloadHash = payloadHashOf(unnamed, uploaded, hash);
	const input = run.host.getInputData()[itemIndex]?.json;
	const fingerprint = fingerprintOf({ ...origin, toolCall, part }, input, payloadHash, hash);
	const { idempotencyKey: key, keyScope: scope } = options;
	const operationId =
		key === undefined
			? await operationIdIn(run, { itemIndex, part }, fingerprint)
			: operationIdOfKey(key, { scope, accountKey, workflowId }, part);
	const { biz_opaque_callback_data: written }: Record<string, unknown> = content;
	const ownCallback = typeof written === 'string' ? written : undefined;
	const { messagingAccountId } = account;
	const body = {
		// No part of what makes the message another one, so that the credential can be changed.
		...(messagingAccountId === '' ? {} : { messaging_account_id: messagingAccountId }),
		...unnamed,
		biz_opaque_callback_data: toCallbackData(operationId, options.callbackValue ?? ownCallback),
	};
	const settings = messenger.settings();
	return {
		message: { operationId, phoneNumberId, recipient, endpoint, body, payloadHash },
		intent: {
			...origin,
			executionBegan,
			operationId,
			accountKey,
			part: part ?? 0,
			fingerprint,
			payloadHash,
			// Without a key of the user's, the ID itself says which message it is.
			payloadMayDiffer: key === undefined,
			phoneNumberId,
			recipientKey: identifierKey(account, addressOf(recipient)),
			campaign: settings.campaign ?? null,
			body: recordedForm({ endpoint, recipient, body }, settings, run.host.getTimezone()),
			expiresAt:
				key === undefined
					? asLongAsKept
					: systemClock.now() + Math.round(options.keyLifeDays * dayMs),
		},
	};
}

const isGoingOn = ({ signal, isStopping }: Run): boolean => signal?.aborted !== true && !isStopping;

/** What an item says whose message a cancelled execution has not begun. */
const notBegun = (run: Run, itemIndex: number): IDataObject =>
	notSentItem(run, 'cancelled', nameOf(run, itemIndex));
