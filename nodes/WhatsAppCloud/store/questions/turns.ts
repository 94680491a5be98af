import { onRows, once, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import {
	columnList,
	columnsOf,
	type Row,
	type SqlWriter,
	type Statement,
} from '../engine/statement';
import { newColumns } from './questionRow';
import { unclosedStates, type WhenAsked } from './questionStore';

/** SQL condition: the question is being asked, or will be. */
export const isUnclosed = (alias: string): string =>
	`${alias}.state IN (${unclosedStates.map((state) => `'${state}'`).join(', ')})`;

const ofSameContact = (alias: string, other: string): string =>
	['account_key', 'phone_number_id', 'person_key']
		.map((column) => `${alias}.${column} = ${other}.${column}`)
		.join(' AND ');

const insert = (state: 'asking' | 'queued', where: (write: SqlWriter) => string): Statement => ({
	rows: newColumns,
	values: { now: 'integer' },
	sql: (write) => `
		INSERT INTO ${write.table('questions')} (${columnList(Object.keys(newColumns))},
			state, step, attempts, is_reminded, progress, created_at)
		SELECT ${columnsOf('r', Object.keys(newColumns))}, '${state}', 0, 0, 0, '', ${write.value('now')}
		FROM ${write.rows} WHERE ${where(write)}
		ON CONFLICT DO NOTHING
		RETURNING question_id`,
});

/** An index allows one question per contact here, whatever two processes do at once. */
const insertAskingStatement = insert(
	'asking',
	({ table }) => `NOT EXISTS (SELECT 1 FROM ${table('questions')} o
		WHERE ${ofSameContact('o', 'r')} AND ${isUnclosed('o')})`,
);

const insertQueuedStatement = insert('queued', () => 'true');

const replaceStatement: Statement = {
	rows: newColumns,
	values: { now: 'integer' },
	sql: ({ table, rows, value, changed }) => `
		UPDATE ${table('questions')} AS q SET state = 'replaced', closed_at = ${value('now')}
		FROM ${rows}
		WHERE ${ofSameContact('q', 'r')} AND q.wait_id <> r.wait_id AND ${isUnclosed('q')}
			AND NOT EXISTS (SELECT 1 FROM ${table('questions')} k WHERE k.question_id = r.question_id)
		RETURNING ${changed('q')}wait_id`,
};

/** What is open without a limit. If its execution is gone, only a call tells. */
const aheadStatement: Statement = {
	rows: newColumns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT DISTINCT o.wait_id FROM ${rows}
		JOIN ${table('questions')} o ON ${ofSameContact('o', 'r')} AND o.wait_id <> r.wait_id
			AND o.state IN ('asking', 'open') AND o.expires_at IS NULL`,
};

/** A question to be inserted. */
export interface QuestionRow {
	row: Row & { question_id: string };
	whenAsked: WhenAsked;
}

/** @returns the waits whose questions were replaced, or are in the way without a limit */
export function* insertQuestions(questions: readonly QuestionRow[], now: number): Work<string[]> {
	const rowsOf = (some: readonly QuestionRow[]) => some.map(({ row }) => row);
	const replacing = questions.filter(({ whenAsked }) => whenAsked === 'replace');
	const replaced = yield* onRows(replaceStatement, rowsOf(replacing), { now });
	const asking = yield* onRows(insertAskingStatement, rowsOf(questions), { now });
	const isAsking = new Set(asking.map((row) => readText(row, 'question_id')));
	const others = questions.filter(({ row }) => !isAsking.has(row.question_id));
	const queued = others.filter(({ whenAsked }) => whenAsked !== 'fail');
	yield* onRows(insertQueuedStatement, rowsOf(queued), { now });
	return waitsOf([...replaced, ...(yield* onRows(aheadStatement, rowsOf(others)))]);
}

/** Locks a contact's questions, so that two processes cannot both give the turn away. */
const lockStatement: Statement = {
	rows: { question_id: 'text' },
	values: {},
	sql: ({ table, rows, forUpdate }) => `
		SELECT o.question_id FROM ${rows}
		JOIN ${table('questions')} q ON q.question_id = r.question_id
		JOIN ${table('questions')} o ON ${ofSameContact('o', 'q')} AND ${isUnclosed('o')}
		ORDER BY o.question_id${forUpdate('o')}`,
};

const turnStatement: Statement = {
	rows: { question_id: 'text' },
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('questions')} AS q SET state = 'asking' FROM ${rows}
		WHERE q.question_id = r.question_id AND q.state = 'queued'
			AND NOT EXISTS (SELECT 1 FROM ${table('questions')} o
				WHERE ${ofSameContact('o', 'q')} AND ${isUnclosed('o')}
					AND (o.state <> 'queued'
						OR (o.created_at, o.question_id) < (q.created_at, q.question_id)))
		RETURNING ${changed('q')}question_id`,
};

/** @returns those that are `asking` now */
export function* takeTurns(questionIds: readonly string[]): Work<string[]> {
	const rows = questionIds.map((question_id) => ({ question_id }));
	yield* onRows(lockStatement, rows);
	return (yield* onRows(turnStatement, rows)).map((row) => readText(row, 'question_id'));
}

const nextStatement: Statement = {
	rows: { question_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT DISTINCT o.wait_id FROM ${rows}
		JOIN ${table('questions')} q ON q.question_id = r.question_id
		JOIN ${table('questions')} o ON ${ofSameContact('o', 'q')} AND o.state = 'queued'`,
};

/** The waits with a question for a contact of these questions that waits for its turn. */
export function* waitsInLine(questionIds: readonly string[]): Work<string[]> {
	return waitsOf(
		yield* onRows(
			nextStatement,
			questionIds.map((question_id) => ({ question_id })),
		),
	);
}

const cancelStatement: Statement = {
	rows: { question_id: 'text' },
	values: { account_key: 'text', now: 'integer' },
	sql: ({ table, rows, value, changed }) => `
		UPDATE ${table('questions')} AS q SET state = 'cancelled', closed_at = ${value('now')}
		FROM ${rows} WHERE q.question_id = r.question_id
			AND q.account_key = ${value('account_key')} AND ${isUnclosed('q')}
		RETURNING ${changed('q')}question_id, ${changed('q')}wait_id`,
};

/** @returns the questions that were closed by this, and their waits */
export function* cancelQuestions(
	account_key: string,
	questionIds: readonly string[],
	now: number,
): Work<{ questionIds: string[]; waitIds: string[] }> {
	const rows = questionIds.map((question_id) => ({ question_id }));
	const found = yield* onRows(cancelStatement, rows, { account_key, now });
	return {
		questionIds: found.map((row) => readText(row, 'question_id')),
		waitIds: waitsOf(found),
	};
}

const pokeStatement: Statement = {
	rows: { wait_id: 'text' },
	values: {},
	sql: ({ table, rows, notify }) => `
		UPDATE ${table('waits')} AS w SET due_at = 0 FROM ${rows}
		WHERE w.wait_id = r.wait_id AND w.state <> 'ended'
		RETURNING ${notify('waits')} AS notified`,
};

/** Makes waits due at once, in the order in which all processes lock. */
export function* pokeWaits(waitIds: readonly string[]): Work<void> {
	const sorted = [...new Set(waitIds)].sort();
	yield* onRows(
		pokeStatement,
		sorted.map((wait_id) => ({ wait_id })),
	);
}

const waitsOf = (rows: readonly Row[]): string[] => [
	...new Set(rows.map((row) => readText(row, 'wait_id'))),
];

const closeStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('questions')} AS q SET
			state = CASE WHEN ${isUnclosed('q')} THEN 'lost' ELSE q.state END,
			closed_at = COALESCE(q.closed_at, ${value('now')}), content = '', progress = ''
		WHERE q.wait_id = ${value('wait_id')}
		RETURNING question_id`,
};

/** Closes what is left of a wait's questions and erases their texts. @returns their IDs */
export function* closeQuestions(wait_id: string, now: number): Work<string[]> {
	const rows = yield* once(closeStatement, { wait_id, now });
	return rows.map((row) => readText(row, 'question_id'));
}
