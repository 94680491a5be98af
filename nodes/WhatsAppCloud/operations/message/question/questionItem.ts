import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../../../graph/account';
import { readQuestionContent, type QuestionContent } from '../../../questions/wait';
import type { ListedQuestion } from '../../../store/questions/questionStore';
import { unseal } from '../../../store/sealedText';
import { isoTime } from '../../../values/timestamp';

export const questionShape = {
	questionId: 'string',
	state: 'string',
	text: 'string',
	recipient: 'string',
	phoneNumberId: 'string',
	messageId: 'string',
	step: 'integer',
	steps: 'integer',
	attempts: 'integer',
	isReminded: 'boolean',
	createdAt: 'string',
	askedAt: 'string',
	expiresAt: 'string',
	closedAt: 'string',
	workflowId: 'string',
	executionId: 'string',
	nodeName: 'string',
	itemIndex: 'integer',
} as const;

/** A question as an item. Its texts are known until its execution has gone on. */
export function questionItem(
	question: ListedQuestion,
	account: Pick<Account, 'appSecret' | 'hashIdentifiers'>,
): IDataObject {
	const content = contentOf(question, account);
	const steps = content?.question.steps ?? null;
	return {
		questionId: question.questionId,
		state: question.state,
		text: steps?.[question.step]?.text ?? null,
		recipient: content?.recipient ?? (account.hashIdentifiers ? null : question.personKey),
		phoneNumberId: question.phoneNumberId,
		messageId: question.messageId,
		step: question.step,
		steps: steps?.length ?? null,
		attempts: question.attempts,
		isReminded: question.isReminded,
		createdAt: isoTime(question.createdAt),
		askedAt: isoTime(question.askedAt),
		expiresAt: isoTime(question.expiresAt),
		closedAt: isoTime(question.closedAt),
		workflowId: question.workflowId,
		executionId: question.executionId,
		nodeName: question.nodeName,
		itemIndex: question.itemIndex,
	};
}

/** @returns null if it was erased, or stored under another app secret */
function contentOf(
	{ content }: ListedQuestion,
	{ appSecret }: Pick<Account, 'appSecret'>,
): QuestionContent | null {
	const json = content === '' ? null : unseal(content, appSecret);
	return json === null ? null : readQuestionContent(json);
}
