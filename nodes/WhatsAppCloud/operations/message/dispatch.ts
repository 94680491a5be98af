import { outsideWindowMembers } from '../../fields/outsideWindow';
import type { SendOptions } from '../../fields/sendOptions';
import { dependsOnCategory, type ContactRules } from '../../contacts/rules/rules';
import { accountKeyOf, contentHashOf, identifierKey } from '../../graph/account';
import type { MessageContent, OwnEnvelope } from '../../messages/messageType';
import type { Run } from '../../node/run';
import { toCallbackData } from '../../sending/attempt/callbackData';
import { toStoredRequest } from '../../sending/campaign/storedRequest';
import { fingerprintOf, operationIdOfKey, payloadHashOf } from '../../sending/idempotency/identity';
import { operationIdIn, type MessagePlace } from '../../sending/idempotency/operationIds';
import type { OutgoingMessage } from '../../sending/attempt/outcome';
import { guardedMessage, templateNameIn } from '../../sending/guard/guardedMessage';
import type { Dispatch } from '../../sending/messenger';
import { asLongAsKept } from '../../store/outbox/outboxStore';
import { dayMs } from '../../time/durations';
import { systemClock } from '../../time/system/systemClock';
import { recipientAddress, type Recipient } from '../../values/recipient';

/** Everything in a message except its content. */
interface Envelope {
	phoneNumberId: string;
	endpoint: NonNullable<OwnEnvelope['endpoint']>;
	recipient: Recipient;
	replyToMessageId: string | undefined;
	options: SendOptions;
	/** Hashes of uploaded files, by media ID. */
	uploaded: ReadonlyMap<string, string>;
	rules: ContactRules;
	/** Of a template, in Meta's words; null if nobody has told it. */
	category: string | null;
}

/** Builds the message as sent to Meta, and the outbox's record of it. */
export async function toDispatch(
	run: Run,
	{
		phoneNumberId,
		endpoint,
		recipient,
		replyToMessageId,
		options,
		uploaded,
		rules,
		category,
	}: Envelope,
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
		// After these, because a user's own body may contain members of the envelope.
		...content,
		// Last, so that the message goes to the recipient named in the outbox and the item.
		...recipient,
	};
	const hash = contentHashOf(account);
	const payloadHash = payloadHashOf(unnamed, uploaded, hash);
	const input = run.host.getInputData()[itemIndex]?.json;
	const fingerprint = fingerprintOf({ ...origin, toolCall, part }, input, payloadHash, hash);
	const once = options.sendOnlyOnce;
	const operationId =
		once === undefined
			? await operationIdIn(run, { itemIndex, part }, fingerprint)
			: operationIdOfKey(once.key, { scope: once.scope, accountKey, workflowId }, part);
	const { biz_opaque_callback_data: written }: Record<string, unknown> = content;
	const ownCallback = typeof written === 'string' ? written : undefined;
	const { messagingAccountId } = account;
	const body = {
		// Not part of the payload hash, so that the credential may change it.
		...(messagingAccountId === '' ? {} : { messaging_account_id: messagingAccountId }),
		...unnamed,
		biz_opaque_callback_data: toCallbackData(operationId, options.trackingText ?? ownCallback),
	};
	const settings = messenger.settings();
	const unjudged = { operationId, phoneNumberId, recipient, endpoint, body, payloadHash, rules };
	const message = { ...unjudged, category: await categoryFor(run, { ...unjudged, category }) };
	return {
		message,
		intent: {
			...origin,
			executionBegan,
			operationId,
			accountKey,
			part: part ?? 0,
			fingerprint,
			payloadHash,
			// Without a user's key, the ID itself identifies the message.
			payloadMayDiffer: once === undefined || mayBecomeAnother(rules),
			phoneNumberId,
			recipientKey: identifierKey(account, recipientAddress(recipient)),
			campaign: settings.campaign ?? null,
			category: message.category,
			body: toStoredRequest(message, settings, run.host.getTimezone()),
			expiresAt:
				once === undefined ? asLongAsKept : systemClock.now() + Math.round(once.days * dayMs),
		},
	};
}

/** With these rules, a retried message may go as another one: the window may have closed since. */
const mayBecomeAnother = ({ ifClosed }: ContactRules): boolean =>
	ifClosed === 'template' || ifClosed === 'directSend';

/**
 * What Meta prices a message as; null for a group, and for a template whose category nobody knows. It
 * is looked up only if the rules depend on it.
 */
async function categoryFor(
	{ templateCategory }: Run,
	message: Pick<
		OutgoingMessage,
		'recipient' | 'phoneNumberId' | 'endpoint' | 'body' | 'category' | 'rules'
	>,
): Promise<string | null> {
	const guarded = guardedMessage(message);
	const known = guarded?.category ?? null;
	const name = templateNameIn(message);
	const isAsked = message.rules !== undefined && dependsOnCategory(message.rules);
	if (known !== null || guarded === null || name === null || !isAsked) return known;
	return await templateCategory(name).catch(() => null);
}
