import { onRows, type Database } from '../engine/database';
import { encodeKey } from '../engine/encode';
import { pageValueKinds, pageValues, toPage } from '../engine/pageQuery';
import type { Statement } from '../engine/statement';
import type { Page, PageRequest } from '../page';
import { readListedQuestion } from './questionRow';
import type { ListedQuestion, QuestionState } from './questionStore';

const listStatement: Statement = {
	rows: { state: 'text' },
	values: { account_key: 'text', ...pageValueKinds },
	sql: ({ table, rows, value }) => `
		SELECT q.*, w.workflow_id, w.execution_id, w.node_name FROM ${rows}
		JOIN ${table('questions')} q ON q.state = r.state
		JOIN ${table('waits')} w ON w.wait_id = q.wait_id
		WHERE q.account_key = ${value('account_key')}
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
		...page
	}: { accountKey: string; states: readonly QuestionState[] } & PageRequest,
): Promise<Page<ListedQuestion>> {
	const values = { account_key: encodeKey(accountKey, 'accountKey'), ...pageValues(page) };
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
