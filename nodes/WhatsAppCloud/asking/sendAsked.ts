import { contentHashOf, type Account } from '../graph/account';
import type { MessageContent } from '../messages/messageType';
import { asking, type Send } from '../questions/asked';
import type { SendResult } from '../sending/attempt/outcome';
import type { Draft } from '../sending/compose';
import { payloadHashOf } from '../sending/idempotency/identity';
import type { Messenger } from '../sending/messenger';
import { asLongAsKept } from '../store/outbox/outboxStore';
import { Problem } from '../values/problem';
import { parseRecipient, type Recipient } from '../values/recipient';
import type { AskedQuestion, StoredWait } from './storedWait';

/** What sends the messages of a wait. */
export interface Sender {
	account: Account;
	messenger: Pick<Messenger, 'compose' | 'send' | 'inOrder' | 'settings'>;
	node: { id: string; name: string };
}

const askByTemplate =
	'Set Ask By to Template If the 24-Hour Window Is Closed, or wait until the person writes.';

/** A message of a question was not sent. */
export class NotSentProblem extends Problem {
	override name = 'NotSentProblem';
	readonly result: SendResult;

	constructor(result: SendResult) {
		const { blocked, error, outcome } = result;
		super(
			blocked?.reason ?? error?.message ?? `The message was ${outcome}`,
			blocked?.rule === 'window'
				? askByTemplate
				: (blocked?.advice ?? error?.advice ?? 'Run the workflow again to ask.'),
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

/** A message on its way to somebody who is asked. */
interface AskedMessage {
	asked: AskedQuestion;
	recipient: Recipient;
	content: MessageContent;
	/** Which of the question's messages it is. */
	key: string;
}

/** Sends the messages of a wait's questions, each of them once. */
export function createSend({ account, messenger, node }: Sender, wait: StoredWait): Send {
	const { workflowId, executionId, executionBegan, runIndex } = wait;
	const origin = { workflowId, executionId, executionBegan, runIndex };
	return async (question, message, key) => {
		const asked = question as AskedQuestion;
		const content = message === 'opening' ? asked.opening : message;
		if (content === null) throw new RangeError('The question has no message of its own');
		const recipient = parseRecipient(asked.recipient, account.defaultCountry);
		const { phoneNumberId, itemIndex, place, rules } = asked;
		const result = await messenger.inOrder(recipient, async () => {
			const dispatch = await messenger.compose({
				...origin,
				nodeId: node.id,
				nodeName: node.name,
				itemIndex,
				part: place,
				phoneNumberId,
				endpoint: 'messages',
				trackingText: undefined,
				payloadMayDiffer: true,
				rules,
				expiresAt: asLongAsKept,
				...draftOf(account, { asked, recipient, content, key }),
			});
			return await messenger.send(dispatch);
		});
		// What may have arrived may be answered.
		const isOut = ['sent', 'duplicate', 'unknown'].includes(result.outcome);
		if (!isOut) throw result.cause ?? new NotSentProblem(result);
		return { messageId: result.messageId };
	};
}

/** A message of a question, as it is composed. */
function draftOf(
	account: Account,
	{ asked, recipient, content, key }: AskedMessage,
): Pick<
	Draft,
	| 'operationId'
	| 'fingerprint'
	| 'payloadHash'
	| 'recipient'
	| 'content'
	| 'category'
	| 'templateText'
> {
	const envelope = envelopeOf(content, recipient);
	const shared = { recipient, content: envelope };
	if (key === asking) {
		const { operationId, fingerprint, payloadHash, category, templateText } = asked;
		return { ...shared, operationId, fingerprint, payloadHash, category, templateText };
	}
	const operationId = `question:${asked.questionId}:${key}`;
	return {
		...shared,
		operationId,
		fingerprint: `${asked.itemIndex}:${operationId}`,
		payloadHash: payloadHashOf(envelope, new Map(), contentHashOf(account)),
		category: null,
		templateText: null,
	};
}
