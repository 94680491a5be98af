import type { OutgoingMessage } from './attempt/outcome';
import { toStoredRequest } from './campaign/storedRequest';
import { guardedMessage, templateNameIn } from './guard/guardedMessage';
import type { DeliverySettings } from './settings/deliveryFields';
import { dependsOnCategory } from '../contacts/rules/rules';
import type { Account } from '../graph/account';
import { accountKeyOf, identifierKey } from '../graph/identifiers';
import { toCallbackData } from '../graph/callbackData';
import type { Category } from '../pricing/market/category';
import type { EnqueueRequest } from '../store/outbox/outboxStore';
import { recipientAddress, type Recipient } from '../values/recipient';

/** A message that has its ID, and where it comes from. */
export interface Draft
	extends
		Required<Omit<OutgoingMessage, 'body'>>,
		Pick<
			EnqueueRequest,
			| 'workflowId'
			| 'executionId'
			| 'executionBegan'
			| 'nodeId'
			| 'nodeName'
			| 'runIndex'
			| 'itemIndex'
			| 'part'
			| 'fingerprint'
			| 'payloadMayDiffer'
			| 'expiresAt'
		> {
	/** The request's body without the account's members and the callback data. */
	content: Record<string, unknown>;
	/** The user's own text that every status returns. */
	trackingText: string | undefined;
}

/** A message on its way, with what the store keeps about it. */
export interface Dispatch {
	message: OutgoingMessage;
	intent: EnqueueRequest;
}

/**
 * What all messages have around their content.
 *
 * @param members more of them, which the content may overrule
 */
export const envelopeOf = (
	content: Record<string, unknown>,
	recipient: Recipient,
	members: Record<string, unknown> = {},
): Record<string, unknown> => ({
	messaging_product: 'whatsapp',
	recipient_type: 'individual',
	...members,
	...content,
	// Last, so that the message goes to the recipient named in the outbox and the item.
	...recipient,
});

/**
 * Builds a message as sent to Meta, and the outbox's record of it. Looks up a template's category if
 * one of its rules depends on it.
 */
export type Compose = (draft: Draft) => Promise<Dispatch>;

/** What composing needs from its run. */
interface ComposingRun {
	account: Account;
	timeZone: string;
	/** Null if nobody can tell it. */
	categoryOfTemplate: (name: string) => Promise<Category | null>;
	settings: () => DeliverySettings;
}

/** The only place that makes a dispatch, whoever sends: rules and caps count what goes through it. */
export function createCompose({
	account,
	timeZone,
	categoryOfTemplate,
	settings,
}: ComposingRun): Compose {
	/** What depends on no rule is not looked up. */
	const categoryOf = async (message: OutgoingMessage): Promise<string | null> => {
		const guarded = guardedMessage(message);
		const known = guarded?.category ?? null;
		const name = templateNameIn(message);
		const isAsked = message.rules !== undefined && dependsOnCategory(message.rules);
		if (known !== null || guarded === null || name === null || !isAsked) return known;
		return await categoryOfTemplate(name);
	};

	return async ({ content, trackingText, category, templateText, rules, ...draft }) => {
		const { operationId, phoneNumberId, recipient, endpoint, payloadHash, ...origin } = draft;
		const { messagingAccountId } = account;
		const body = {
			// Not part of the payload hash, so that the credential may change it.
			...(messagingAccountId === '' ? {} : { messaging_account_id: messagingAccountId }),
			...content,
			biz_opaque_callback_data: toCallbackData(operationId, trackingText),
		};
		const named = { operationId, phoneNumberId, recipient, endpoint, body, payloadHash, rules };
		const message = {
			...named,
			category: await categoryOf({ ...named, category }),
			...(account.keepTexts ? { templateText } : {}),
		};
		return {
			message,
			intent: {
				...origin,
				operationId,
				accountKey: accountKeyOf(account),
				payloadHash,
				phoneNumberId,
				recipientKey: identifierKey(account, recipientAddress(recipient)),
				campaign: settings().campaign ?? null,
				category: message.category,
				body: toStoredRequest(message, settings(), timeZone, account),
			},
		};
	};
}
