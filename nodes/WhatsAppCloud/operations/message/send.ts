import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { contactRulesField } from '../../contacts/panel/rulesField';
import { checkEnvelopeOutside, refuseOutsideWindow } from '../../fields/outsideWindow';
import { recipientField, replyField } from '../../fields/recipientField';
import { sendOptionsField } from '../../fields/sendOptions';
import { senderField } from '../../fields/senderField';
import { valuesFromFields, type NamesByChoice } from '../../fields/valuesFrom';
import type { MessageType } from '../../messages/messageType';
import { defineOperation, type Operation } from '../../node/operation';
import { itemValueNames } from '../../node/parameters';
import type { ItemShape } from '../../node/itemShape';
import type { Run } from '../../node/run';
import { nameOf } from '../../sending/idempotency/operationIds';
import { deliveryField } from '../../sending/settings/deliveryFields';
import { checkCost } from './costLimit';
import { notSentItem, outcomeOfProblem, problemOfItem, sentShape, toItem } from './item';
import { Preparation, sharedSchema } from './prepare';
import type { SendHooks } from './sendHooks';
import { otherWay } from './window/otherWays';
import { sendWithin } from './window/sendWithin';

/** A send operation with its message type. */
export type SendOperation = Operation & { message: MessageType };

/** What an item can supply for each variant of the message. */
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

/** Creates the operation for one message type: adds sender, recipient and options to its fields. */
export function sendOperation(definition: {
	name: string;
	action: string;
	description: string;
	message: MessageType;
	/** False for messages that refer to another message in their own way, such as reactions. */
	canReply?: boolean;
	/** Replaces the usual Recipient field. */
	recipient?: INodeProperties;
	/** For group-only messages: the recipient is a group, whatever the options say. */
	toGroup?: boolean;
	/** What must be looked up for this type of message alone. */
	hooks?: SendHooks;
	/** What its items hold besides what all sent items do. */
	detailsShape?: Record<string, ItemShape>;
}): SendOperation {
	const {
		message,
		canReply = true,
		recipient: field = recipientField,
		toGroup = false,
		hooks = {},
		detailsShape = {},
		...texts
	} = definition;
	const valueFields = [senderField, field, ...message.fields, ...(canReply ? [replyField] : [])];
	const fields: INodeProperties[] = [
		...valueFields,
		...valuesFromFields(
			valueFields,
			itemValueNames(valueFields),
			namesByChoice(message, valueFields),
		),
		sendOptionsField(message.options),
		...(toGroup ? [] : [contactRulesField]),
		deliveryField,
	];
	const preparation = new Preparation(message, toGroup);
	const windowed = { name: texts.name, message, preparation, fields };

	const operation = defineOperation({
		...texts,
		permission: 'whatsapp_business_messaging',
		fields,
		schema: z.intersection(sharedSchema, message.schema).check(({ value, issues }) => {
			const { options, replyToMessageId } = value;
			if (options.outsideWindow === undefined) return;
			if (message.outsideWindow === undefined) refuseOutsideWindow(texts.name, { issues });
			else message.outsideWindow(value, { issues });
			checkEnvelopeOutside({ replyToMessageId, options }, { issues });
		}),
		outputSchema: { ...sentShape, ...detailsShape },
		readOnce: [deliveryField.name],
		concurrency: ({ messenger }) => messenger.settings().concurrency,
		/**
		 * Builds each item here and again when its turn comes: keeping the results would hold all
		 * messages in memory, and reading them back from the store would cost a query per message.
		 * Files are still uploaded only once, because the run remembers its uploads.
		 */
		async beforeItems(run, read, itemCount) {
			await checkCost(run, { preparation, hooks }, read, itemCount);
			if (!run.messenger.settings().recordFirst) return;
			for (let first = 0; first < itemCount && isGoingOn(run); first += batchSize) {
				const batch = Array.from(
					{ length: Math.min(batchSize, itemCount - first) },
					(_, i) => first + i,
				);
				// Skips an item that cannot be read; it fails when its turn comes, with its own item.
				const prepared = await Promise.allSettled(
					batch.map(async (itemIndex) => {
						const values = read(itemIndex);
						const recipient = preparation.recipientOf(run, values);
						if (hooks.preview?.isWanted(values) === true) return [];
						const completed = (await hooks.complete?.(run, values)) ?? values;
						const checked = { values: completed, recipient, written: '', itemIndex };
						const other = await otherWay(run, windowed, checked);
						return other !== null && 'dispatches' in other
							? other.dispatches
							: await preparation.prepare(run, completed, recipient, itemIndex);
					}),
				);
				await run.messenger.enqueue(
					prepared.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])),
				);
			}
		},
		async execute(run, values, itemIndex) {
			const recipient = preparation.recipientOf(run, values);
			const written = preparation.writtenRecipient(values);
			// Joins the recipient's queue before any await: a slow upload must not let a later item's
			// message to the same person overtake this one.
			return await run.messenger.inOrder(recipient, async () => {
				const results: INodeExecutionData[] = [];
				if (!isGoingOn(run)) return [{ json: notBegun(run, itemIndex) }];
				let isDone = false;
				try {
					const completed = (await hooks.complete?.(run, values)) ?? values;
					if (hooks.preview?.isWanted(values) === true) {
						const checked = { values: completed, recipient, written, itemIndex };
						await preparation.checkRules(run, recipient, values.options);
						results.push({ json: await hooks.preview.show(run, checked) });
						isDone = true;
						return results;
					}
					const checked = { values: completed, recipient, written, itemIndex };
					for await (const sent of sendWithin(run, windowed, checked)) {
						const told = (await hooks.explain?.(run, sent.message, sent.result)) ?? sent.result;
						results.push(toItem(run, sent.message, told, { ...sent, written, itemIndex }));
					}
					isDone = results.every(({ error }) => error === undefined);
				} finally {
					// Set before the next one in the queue starts.
					run.isStopping ||= !isDone && !run.host.continueOnFail();
				}
				return results;
			});
		},
		notBegun,
		failed: (run, itemIndex, caught, error) =>
			notSentItem(
				run,
				outcomeOfProblem(caught),
				{ operationId: nameOf(run, itemIndex) },
				problemOfItem(caught, error),
			),
	});
	return { ...operation, message };
}

/** How many messages to record at a time, to limit memory use. */
const batchSize = 500;

const isGoingOn = ({ signal, isStopping }: Run): boolean => signal?.aborted !== true && !isStopping;

/** The item of a message that never started because the execution was cancelled. */
const notBegun = (run: Run, itemIndex: number): IDataObject =>
	notSentItem(run, 'cancelled', { operationId: nameOf(run, itemIndex) });
