import { onRows, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import type { Statement } from '../engine/statement';

const columns = { question_id: 'text', wait_id: 'text' } as const;

const strangersStatement: Statement = {
	rows: columns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT DISTINCT q.wait_id FROM ${rows}
		JOIN ${table('questions')} q ON q.question_id = r.question_id AND q.wait_id <> r.wait_id`,
};

const moveStatement: Statement = {
	rows: columns,
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('questions')} AS q SET wait_id = r.wait_id
		FROM ${rows} WHERE q.question_id = r.question_id AND q.wait_id <> r.wait_id`,
};

/** What was not sent, or is erased, is asked as if it were new. */
const forgetStatement: Statement = {
	rows: columns,
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('questions')} AS q
		WHERE (q.content = '' OR q.state = 'failed')
			AND EXISTS (SELECT 1 FROM ${rows} WHERE r.question_id = q.question_id)`,
};

/**
 * Gives a wait the questions that an earlier execution has asked and this one repeats.
 *
 * @returns the waits that have lost questions by this
 */
export function* takeOver(
	wait_id: string,
	questions: readonly { question_id: string }[],
): Work<string[]> {
	const rows = questions.map(({ question_id }) => ({ question_id, wait_id }));
	yield* onRows(forgetStatement, rows);
	const strangers = yield* onRows(strangersStatement, rows);
	yield* onRows(moveStatement, rows);
	return [...new Set(strangers.map((row) => readText(row, 'wait_id')))];
}
