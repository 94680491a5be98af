import {
	encodeInteger,
	encodeKey,
	encodeOptionalInteger,
	encodeText,
	readNumber,
	readOptionalNumber,
	readOptionalText,
	readText,
} from '../engine/encode';
import type { ColumnKind, Row } from '../engine/statement';
import type {
	ListedQuestion,
	NewQuestion,
	OpenQuestion,
	QuestionState,
	StoredQuestion,
} from './questionStore';

/** What a question is made with. */
export const newColumns = {
	question_id: 'text',
	wait_id: 'text',
	account_key: 'text',
	phone_number_id: 'text',
	person_key: 'text',
	item_index: 'integer',
	place: 'integer',
	content: 'text',
} as const satisfies Record<string, ColumnKind>;

/** What changes later. */
export const changingColumns = {
	state: 'text',
	step: 'integer',
	attempts: 'integer',
	is_reminded: 'integer',
	message_id: 'text',
	asked_at: 'integer',
	expires_at: 'integer',
	remind_at: 'integer',
	closed_at: 'integer',
	progress: 'text',
} as const satisfies Record<string, ColumnKind>;

/** @throws RangeError if a key is empty or too long */
export const encodeNew = (question: NewQuestion, wait_id: string, account_key: string) => ({
	question_id: encodeKey(question.questionId, 'questionId'),
	wait_id,
	account_key,
	phone_number_id: encodeKey(question.phoneNumberId, 'phoneNumberId'),
	person_key: encodeKey(question.personKey, 'personKey'),
	item_index: encodeInteger(question.itemIndex, 'itemIndex'),
	place: encodeInteger(question.place, 'place'),
	content: encodeText(question.content),
});

/** The whole of what may change. @throws RangeError if a number is not finite */
export const encodeChanging = (question: StoredQuestion): Row => ({
	question_id: encodeKey(question.questionId, 'questionId'),
	state: question.state,
	step: encodeInteger(question.step, 'step'),
	attempts: encodeInteger(question.attempts, 'attempts'),
	is_reminded: Number(question.isReminded),
	message_id: encodeText(question.messageId),
	asked_at: encodeOptionalInteger(question.askedAt, 'askedAt'),
	expires_at: encodeOptionalInteger(question.expiresAt, 'expiresAt'),
	remind_at: encodeOptionalInteger(question.remindAt, 'remindAt'),
	closed_at: encodeOptionalInteger(question.closedAt, 'closedAt'),
	progress: encodeText(question.progress),
});

export const readQuestion = (row: Row): StoredQuestion => ({
	...readListed(row),
	progress: readText(row, 'progress'),
});

export const readListedQuestion = (row: Row): ListedQuestion => ({
	...readListed(row),
	waitId: readText(row, 'wait_id'),
	workflowId: readText(row, 'workflow_id'),
	executionId: readText(row, 'execution_id'),
	nodeName: readText(row, 'node_name'),
	createdAt: readNumber(row, 'created_at'),
});

const readListed = (row: Row): Omit<StoredQuestion, 'progress'> => ({
	questionId: readText(row, 'question_id'),
	phoneNumberId: readText(row, 'phone_number_id'),
	personKey: readText(row, 'person_key'),
	itemIndex: readNumber(row, 'item_index'),
	place: readNumber(row, 'place'),
	content: readText(row, 'content'),
	state: readState(row),
	step: readNumber(row, 'step'),
	attempts: readNumber(row, 'attempts'),
	isReminded: readNumber(row, 'is_reminded') === 1,
	messageId: readOptionalText(row, 'message_id'),
	askedAt: readOptionalNumber(row, 'asked_at'),
	expiresAt: readOptionalNumber(row, 'expires_at'),
	remindAt: readOptionalNumber(row, 'remind_at'),
	closedAt: readOptionalNumber(row, 'closed_at'),
});

export const readOpen = (row: Row): OpenQuestion => ({
	questionId: readText(row, 'question_id'),
	waitId: readText(row, 'wait_id'),
	phoneNumberId: readText(row, 'phone_number_id'),
	personKey: readText(row, 'person_key'),
	state: readState(row),
	step: readNumber(row, 'step'),
	content: readText(row, 'content'),
});

/** Only this package writes the column. */
const readState = (row: Row): QuestionState => readText(row, 'state') as QuestionState;
