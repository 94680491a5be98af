import type { Account } from '../graph/account';
import { contentHashOf } from '../graph/identifiers';
import type { MessageContent } from '../messages/messageType';
import { asking, type Send } from '../questions/asked';
import type { SendResult } from '../sending/attempt/outcome';
import { envelopeOf, type Draft } from '../sending/compose';
import { payloadHashOf } from '../sending/idempotency/identity';
import type { Messenger } from '../sending/messenger';
import { asLongAsKept } from '../store/outbox/outboxEntry';
import { Problem } from '../values/problem';
import { parseRecipient, type Recipient } from '../values/recipient';
import type { AskedQuestion, StoredWait } from './storedWait';

/** What sends the messages of a wait. */
export interface Sender {
	account: Account;
	messenger: Pick<Messenger, 'compose' | 'send' | 'inOrder' | 'settings' | 'windowOf'>;
	node: { id: string; name: string };
}

const askByTemplate =
	'Set Ask By to Template If the 24-Hour Window Is Closed, or wait until the person writes.';

/** A message of a question was not sent. */
class NotSentProblem extends Problem {
	override name = 'NotSentProblem';

	constructor({ blocked, error, outcome }: SendResult) {
		super(
			blocked?.reason ?? error?.message ?? `The message was ${outcome}`,
			blocked?.rule === 'window'
				? askByTemplate
				: (blocked?.advice ?? error?.advice ?? 'Run the workflow again to ask.'),
		);
	}
}

/** A message on its way to somebody who is asked. */
interface AskedMessage {
	asked: AskedQuestion;
	recipient: Recipient;
	content: MessageContent;
	/** Which of the question's messages it is. */
	key: string;
}

/** Sends the messages of a wait's questions, each of them once. */
export function createSend(
	{ account, messenger, node }: Sender,
	wait: StoredWait,
): Send<AskedQuestion> {
	const { workflowId, executionId, executionBegan, runIndex } = wait;
	const origin = { workflowId, executionId, executionBegan, runIndex };
	const openingNow = async (
		{ opening, withinWindow, phoneNumberId }: AskedQuestion,
		recipient: Recipient,
	): Promise<MessageContent> => {
		if (opening === null) throw new RangeError('The question has no message of its own');
		if (withinWindow === null) return opening;
		const window = await messenger.windowOf(recipient, phoneNumberId);
		return window?.state === 'open' ? withinWindow : opening;
	};
	return async (asked, message, key) => {
		const recipient = parseRecipient(asked.recipient, account.defaultCountry);
		const { phoneNumberId, itemIndex, place, rules } = asked;
		const result = await messenger.inOrder(recipient, async () => {
			// A question may have waited for days until it is asked.
			const content = message === 'opening' ? await openingNow(asked, recipient) : message;
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
		// An unknown outcome counts as sent: the person may answer.
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
	const { category, templateText } = asked;
	const template =
		content === asked.opening ? { category, templateText } : { category: null, templateText: null };
	if (key === asking) {
		const { operationId, fingerprint, payloadHash } = asked;
		return { ...shared, operationId, fingerprint, payloadHash, ...template };
	}
	const operationId = `question:${asked.questionId}:${key}`;
	return {
		...shared,
		operationId,
		fingerprint: `${asked.itemIndex}:${operationId}`,
		payloadHash: payloadHashOf(envelope, new Map(), contentHashOf(account)),
		...template,
	};
}
