import { z } from 'zod/v4';
import { contactRulesSchema, rulesFrom } from '../../contacts/panel/rulesSchema';
import { needsState, type ContactRules } from '../../contacts/rules/rules';
import { sendOptionsSchema } from '../../fields/sendOptions';
import { uploadBinaries } from '../../messages/mediaReference';
import type { MessageContent, MessageType, OwnEnvelope } from '../../messages/messageType';
import { templateKnown } from '../../messages/template/templateKnown';
import type { Run } from '../../node/run';
import { senderOf } from '../../node/sender';
import type { Dispatch } from '../../sending/compose';
import { optionalId, optionalMessageId } from '../../values/id';
import { textual } from '../../values/schema/reading';
import { FieldProblem } from '../../values/problem';
import { parseGroup, parseRecipient, type Recipient } from '../../values/recipient';
import { toDispatch } from './dispatch';
import { sendRules } from './sendRules';

/** Checks the values common to all sends. */
export const sharedSchema = z.object({
	phoneNumberId: optionalId(64),
	recipient: z.preprocess((value) => value ?? '', textual),
	replyToMessageId: optionalMessageId,
	options: sendOptionsSchema,
	contactRules: contactRulesSchema,
});

/** The checked values of a send: the shared ones, and those of its message type. */
export type SendValues = z.output<typeof sharedSchema> & Record<string, unknown>;

/**
 * What the item's messages must keep to.
 *
 * @throws FieldProblem if that needs the state, and there is none
 */
export function rulesOf({ account, host }: Run, { contactRules }: SendValues): ContactRules {
	const rules = rulesFrom(contactRules, account.rules, host.getTimezone());
	if (account.stateStore !== 'off' || !needsState(rules)) return rules;
	throw new FieldProblem(
		'Contact Rules',
		'ask for what only the state knows, and Keep State In is set to Nowhere',
		'Choose where to keep state in the credential, or remove the cap, the consent and Leave Out Who Reads Nothing.',
	);
}

/** Turns the checked values of an item into its messages. */
export class Preparation {
	private readonly message: MessageType;
	private readonly isToGroup: boolean;

	/** @param isToGroup whether the recipient is a group, whatever the options say */
	constructor(message: MessageType, isToGroup: boolean) {
		this.message = message;
		this.isToGroup = isToGroup;
	}

	/**
	 * The recipient named in the content itself, or else in the field.
	 *
	 * @throws FieldProblem if it cannot be read
	 */
	recipientOf({ account }: Run, values: SendValues): Recipient {
		const named = this.message.envelope?.(values).recipient;
		if (named !== undefined) return named;
		const { options, recipient } = values;
		return this.isToGroup || options.recipientType === 'group'
			? parseGroup(recipient)
			: parseRecipient(recipient, account.defaultCountry);
	}

	/** The recipient as written in the field; empty if the content itself names one. */
	writtenRecipient(values: SendValues): string {
		return this.message.envelope?.(values).recipient === undefined ? values.recipient : '';
	}

	/** The edge of the sender that the message goes to. */
	endpointOf(values: SendValues): NonNullable<OwnEnvelope['endpoint']> {
		return this.message.envelope?.(values).endpoint ?? 'messages';
	}

	/** The contents of an item's messages, with a placeholder for each file: nothing is uploaded. */
	async contentsOf(values: SendValues): Promise<MessageContent[]> {
		const ready = await uploadBinaries(
			values,
			async () => await Promise.resolve({ id: '0', mimeType: '', filename: '' }),
		);
		const built = this.message.build(ready);
		return Array.isArray(built) ? built : [built];
	}

	/** @throws Problem if a rule forbids the message */
	async checkRules(run: Run, recipient: Recipient, options: SendValues['options']): Promise<void> {
		for (const rule of sendRules) await rule({ run, recipient, options });
	}

	/**
	 * Uploads an item's files and returns its messages, ready to send.
	 *
	 * @throws Problem if a rule forbids the message, or its sender or a file cannot be used
	 */
	async prepare(
		run: Run,
		values: SendValues,
		recipient: Recipient,
		itemIndex: number,
	): Promise<Dispatch[]> {
		const { replyToMessageId, options } = values;
		await this.checkRules(run, recipient, options);
		const phoneNumberId = senderOf(run, values.phoneNumberId);
		const uploaded = new Map<string, string>();
		const ready = await uploadBinaries(values, async (media) => {
			const { file, contentHash } = await run.uploads.upload(media, itemIndex, phoneNumberId);
			uploaded.set(file.id, contentHash);
			return file;
		});
		const details = this.message.details?.(values);
		const envelope = {
			phoneNumberId,
			endpoint: this.endpointOf(values),
			recipient,
			replyToMessageId,
			options,
			uploaded,
			rules: rulesOf(run, values),
			...templateKnown(details),
		} as const;
		const built = this.message.build(ready);
		const contents = Array.isArray(built) ? built : [built];
		return await Promise.all(
			contents.map((content, index) =>
				toDispatch(run, envelope, content, {
					itemIndex,
					part: Array.isArray(built) ? index : null,
				}),
			),
		);
	}
}
