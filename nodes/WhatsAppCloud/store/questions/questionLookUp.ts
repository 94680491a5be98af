import { onRows, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import { columnsOf, type Statement } from '../engine/statement';
import { readOpen } from './questionRow';
import type { OpenFor, OpenQuestion } from './questionStore';

const openColumns = columnsOf('q', [
	'question_id',
	'wait_id',
	'phone_number_id',
	'person_key',
	'state',
	'step',
	'content',
]);

const findStatement: Statement = {
	rows: { question_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT ${openColumns} FROM ${rows}
		JOIN ${table('questions')} q ON q.question_id = r.question_id`,
};

export function* findQuestions(questionIds: readonly string[]): Work<OpenQuestion[]> {
	const rows = questionIds.map((question_id) => ({ question_id }));
	return (yield* onRows(findStatement, rows)).map(readOpen);
}

/**
 * A person has a user ID and, over the years, several numbers: what was asked under one of these keys
 * may be answered under another. So it goes from the key to the user IDs and back to all numbers.
 */
const openStatement: Statement = {
	rows: { account_key: 'text', person_key: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT DISTINCT r.person_key AS asked_key, q.asked_at, ${openColumns} FROM ${rows}
		JOIN ${table('questions')} q ON q.account_key = r.account_key
			AND q.state IN ('asking', 'open')
			AND (q.person_key = r.person_key
				OR q.person_key IN (
					SELECT k.user_key FROM ${table('contact_links')} k
					WHERE k.account_key = r.account_key AND k.wa_key = r.person_key)
				OR q.person_key IN (
					SELECT o.wa_key FROM ${table('contact_links')} o
					WHERE o.account_key = r.account_key AND (o.user_key = r.person_key
						OR o.user_key IN (
							SELECT k.user_key FROM ${table('contact_links')} k
							WHERE k.account_key = r.account_key AND k.wa_key = r.person_key))))
		ORDER BY q.asked_at DESC, q.question_id`,
};

/** The latest question of each person comes first. */
export function* openForPeople(
	account_key: string,
	personKeys: readonly string[],
): Work<OpenFor[]> {
	const rows = [...new Set(personKeys)].map((person_key) => ({ account_key, person_key }));
	const found = yield* onRows(openStatement, rows);
	return found.map((row) => ({ ...readOpen(row), askedKey: readText(row, 'asked_key') }));
}
