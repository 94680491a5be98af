import { outsideWindowMembers } from '../../fields/outsideWindow';
import type { SendOptions } from '../../fields/sendOptions';
import type { ContactRules } from '../../contacts/rules/rules';
import { accountKeyOf, contentHashOf } from '../../graph/identifiers';
import type { MessageContent, OwnEnvelope } from '../../messages/messageType';
import type { TemplateKnown } from '../../messages/template/templateKnown';
import type { Run } from '../../node/run';
import { fingerprintOf, operationIdOfKey, payloadHashOf } from '../../sending/idempotency/identity';
import { operationIdIn, type MessagePlace } from '../../sending/idempotency/operationIds';
import { envelopeOf, type Dispatch } from '../../sending/compose';
import { asLongAsKept } from '../../store/outbox/outboxEntry';
import { dayMs } from '../../time/durations';
import { systemClock } from '../../time/system/systemClock';
import type { Recipient } from '../../values/recipient';
import { templateTextOf } from './template/templateText';

/** Everything in a message except its content. */
interface Envelope extends TemplateKnown {
	phoneNumberId: string;
	endpoint: NonNullable<OwnEnvelope['endpoint']>;
	recipient: Recipient;
	replyToMessageId: string | undefined;
	options: SendOptions;
	/** Hashes of uploaded files, by media ID. */
	uploaded: ReadonlyMap<string, string>;
	rules: ContactRules;
}

/**
 * Builds an item's message, ready to send.
 *
 * @throws StateProblem if the store cannot look up the ID that it had in a retried execution
 */
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
		templateText,
	}: Envelope,
	content: MessageContent,
	{ itemIndex, part }: MessagePlace,
): Promise<Dispatch> {
	const { account, identity } = run;
	const accountKey = accountKeyOf(account);
	const named = envelopeOf(content, recipient, {
		...(replyToMessageId === undefined ? {} : { context: { message_id: replyToMessageId } }),
		...(options.identityKeyHash === undefined
			? {}
			: { recipient_identity_key_hash: options.identityKeyHash }),
		...(options.outsideWindow === undefined ? {} : outsideWindowMembers(options.outsideWindow)),
	});
	const hash = contentHashOf(account);
	const payloadHash = payloadHashOf(named, uploaded, hash);
	const input = run.host.getInputData()[itemIndex]?.json;
	const fingerprint = fingerprintOf({ ...identity, itemIndex, part }, input, payloadHash, hash);
	const once = options.sendOnlyOnce;
	const { workflowId, executionId, nodeId, nodeName, runIndex, executionBegan } = identity;
	const operationId =
		once === undefined
			? await operationIdIn(run, { itemIndex, part }, fingerprint)
			: operationIdOfKey(once.key, { scope: once.scope, accountKey, workflowId }, part);
	const { biz_opaque_callback_data: written }: Record<string, unknown> = content;
	const ownCallback = typeof written === 'string' ? written : undefined;
	return await run.messenger.compose({
		...{ workflowId, executionId, nodeId, nodeName, runIndex, executionBegan },
		itemIndex,
		part: part ?? 0,
		operationId,
		fingerprint,
		phoneNumberId,
		endpoint,
		recipient,
		content: named,
		trackingText: options.trackingText ?? ownCallback,
		payloadHash,
		// Without a user's key, the ID itself identifies the message.
		payloadMayDiffer: once === undefined || mayBecomeAnother(rules),
		rules,
		category,
		templateText: account.keepTexts ? await templateTextOf(run, named, templateText) : null,
		expiresAt:
			once === undefined ? asLongAsKept : systemClock.now() + Math.round(once.days * dayMs),
	});
}

/** With these rules, a retried message may go as another one: the window may have closed since. */
const mayBecomeAnother = ({ ifClosed }: ContactRules): boolean =>
	ifClosed === 'template' || ifClosed === 'directSend';
