import { onRows, once, type Database } from '../engine/database';
import { encodeKey, encodeText, readNumber } from '../engine/encode';
import { pageValueKinds, pageValues, toPage } from '../engine/pageQuery';
import type { Statement } from '../engine/statement';
import type { Page, PageRequest } from '../page';
import { readListedQuestion } from './questionRow';
import type { ListedQuestion, QuestionBacklog, QuestionFilter } from './questionStore';

/** An empty value of a filter lets everything through. */
const filterColumns = {
	question_id: 'q',
	person_key: 'q',
	phone_number_id: 'q',
	execution_id: 'w',
	workflow_id: 'w',
} as const;

const filterKinds = {
	question_id: 'text',
	person_key: 'text',
	phone_number_id: 'text',
	execution_id: 'text',
	workflow_id: 'text',
} as const satisfies Record<keyof typeof filterColumns, 'text'>;

const listStatement: Statement = {
	rows: { state: 'text' },
	values: { account_key: 'text', ...filterKinds, ...pageValueKinds },
	sql: ({ table, rows, value }) => `
		SELECT q.*, w.workflow_id, w.execution_id, w.node_name FROM ${rows}
		JOIN ${table('questions')} q ON q.state = r.state
		JOIN ${table('waits')} w ON w.wait_id = q.wait_id
		WHERE q.account_key = ${value('account_key')}
			${Object.entries(filterColumns)
				.map(
					([column, alias]) =>
						`AND (${value(column)} = '' OR ${alias}.${column} = ${value(column)})`,
				)
				.join('\n\t\t\t')}
			AND (q.created_at, q.question_id) > (${value('after_time')}, ${value('after_key')})
		ORDER BY q.created_at, q.question_id
		LIMIT ${value('limit_count')}`,
};

/** @throws RangeError if the limit is out of bounds */
export async function listQuestions(
	database: Database,
	{
		accountKey,
		states,
		questionId = '',
		personKey = '',
		phoneNumberId = '',
		executionId = '',
		workflowId = '',
		...page
	}: QuestionFilter & PageRequest,
): Promise<Page<ListedQuestion>> {
	const values = {
		account_key: encodeKey(accountKey, 'accountKey'),
		question_id: encodeText(questionId),
		person_key: encodeText(personKey),
		phone_number_id: encodeText(phoneNumberId),
		execution_id: encodeText(executionId),
		workflow_id: encodeText(workflowId),
		...pageValues(page),
	};
	const rows = states.map((state) => ({ state }));
	const found = await database.run('read', () => onRows(listStatement, rows, values));
	// SQLite answers for one state after the other.
	const questions = found.map(readListedQuestion).sort(byTime);
	return toPage(questions, page, ({ createdAt, questionId }) => ({
		time: createdAt,
		key: questionId,
	}));
}

const byTime = (a: ListedQuestion, b: ListedQuestion): number =>
	a.createdAt - b.createdAt || (a.questionId < b.questionId ? -1 : 1);

const backlogStatement: Statement = {
	rows: null,
	values: { app_key: 'text' },
	sql: ({ table, value }) => `
		SELECT COUNT(*) AS waiting, COUNT(CASE WHEN w.calls >= 10 THEN 1 END) AS unreachable
		FROM ${table('waits')} w
		WHERE w.app_key = ${value('app_key')} AND w.state <> 'ended'`,
};

export async function readBacklog(database: Database, appKey: string): Promise<QuestionBacklog> {
	const app_key = encodeKey(appKey, 'appKey');
	const [row = {}] = await database.run('read', () => once(backlogStatement, { app_key }));
	return { waiting: readNumber(row, 'waiting'), unreachable: readNumber(row, 'unreachable') };
}
