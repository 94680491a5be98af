import { accountKeyOf, contentHashOf, identifierKey, type Account } from '../graph/account';
import type { MessageContent } from '../messages/messageType';
import { asking, type Send } from '../questions/advance';
import { toCallbackData } from '../sending/attempt/callbackData';
import type { SendResult } from '../sending/attempt/outcome';
import { toStoredRequest } from '../sending/campaign/storedRequest';
import { payloadHashOf } from '../sending/idempotency/identity';
import type { Dispatch, Messenger } from '../sending/messenger';
import { asLongAsKept } from '../store/outbox/outboxStore';
import { Problem } from '../values/problem';
import { parseRecipient, recipientAddress, type Recipient } from '../values/recipient';
import type { AskedQuestion, StoredWait } from './storedWait';

/** What sends the messages of a wait. */
export interface Sender {
	account: Account;
	messenger: Pick<Messenger, 'send' | 'inOrder' | 'settings'>;
	node: { id: string; name: string };
	timeZone: string;
}

/** A message of a question was not sent. */
export class NotSentProblem extends Problem {
	override name = 'NotSentProblem';
	readonly result: SendResult;

	constructor(result: SendResult) {
		super(
			result.blocked?.reason ?? result.error?.message ?? `The message was ${result.outcome}`,
			result.blocked?.advice ?? result.error?.advice ?? 'Run the workflow again to ask.',
		);
		this.result = result;
	}
}

/** What all messages have around their content. */
export const envelopeOf = (content: MessageContent, recipient: Recipient) => ({
	messaging_product: 'whatsapp',
	recipient_type: 'individual',
	...content,
	...recipient,
});

/** Sends the messages of a wait's questions, each of them once. */
export function createSend(sender: Sender, wait: StoredWait): Send {
	const { account, messenger } = sender;
	return async (question, message, key) => {
		const asked = question as AskedQuestion;
		const content = message === 'opening' ? asked.opening : message;
		if (content === null) throw new RangeError('The question has no message of its own');
		const recipient = parseRecipient(asked.recipient, account.defaultCountry);
		const dispatch = toDispatch(sender, wait, { asked, recipient, content, key });
		const result = await messenger.inOrder(recipient, () => messenger.send(dispatch));
		// What may have arrived may be answered.
		const isOut = ['sent', 'duplicate', 'unknown'].includes(result.outcome);
		if (!isOut) throw result.cause ?? new NotSentProblem(result);
		return { messageId: result.messageId };
	};
}

/** Names a message that follows a question; the question itself has the ID of its item. */
const operationIdOf = ({ questionId, operationId }: AskedQuestion, key: string): string =>
	key === asking ? operationId : `question:${questionId}:${key}`;

function toDispatch(
	{ account, messenger, node, timeZone }: Sender,
	{ workflowId, executionId, runIndex }: StoredWait,
	{
		asked,
		recipient,
		content,
		key,
	}: { asked: AskedQuestion; recipient: Recipient; content: MessageContent; key: string },
): Dispatch {
	const { phoneNumberId, itemIndex, place } = asked;
	const operationId = operationIdOf(asked, key);
	const isFirst = key === asking;
	const unnamed = envelopeOf(content, recipient);
	const payloadHash = isFirst
		? asked.payloadHash
		: payloadHashOf(unnamed, new Map(), contentHashOf(account));
	const { messagingAccountId } = account;
	const body = {
		...(messagingAccountId === '' ? {} : { messaging_account_id: messagingAccountId }),
		...unnamed,
		biz_opaque_callback_data: toCallbackData(operationId, undefined),
	};
	const endpoint = 'messages';
	return {
		message: { operationId, phoneNumberId, recipient, endpoint, body, payloadHash },
		intent: {
			workflowId,
			executionId,
			nodeId: node.id,
			nodeName: node.name,
			runIndex,
			itemIndex,
			operationId,
			accountKey: accountKeyOf(account),
			part: place,
			fingerprint: isFirst ? asked.fingerprint : `${itemIndex}:${operationId}`,
			payloadHash,
			payloadMayDiffer: true,
			phoneNumberId,
			recipientKey: identifierKey(account, recipientAddress(recipient)),
			campaign: null,
			body: toStoredRequest({ endpoint, recipient, body }, messenger.settings(), timeZone),
			expiresAt: asLongAsKept,
		},
	};
}
