import type { SqlWriter, Statement, TableName } from '../engine/statement';

/** How a table's rows belong to the person of a row `r`. */
interface PersonTable {
	table: TableName;
	/** SQL condition on `t` and `r`. */
	isOf: (write: SqlWriter) => string;
	/** What is erased of them, if not all or not found like that. */
	isLeft?: (write: SqlWriter) => string;
}

const keyColumns = { account_key: 'text', contact_key: 'text', in_webhook: 'text' } as const;

const ownKey = (column: string): string =>
	`t.account_key = r.account_key AND t.${column} = r.contact_key`;

/** Events that wait: of the person's conversations, or in a group and written by them. */
const waitingEvents = ({ table }: Pick<SqlWriter, 'table'>): string => `
	SELECT e.event_id FROM ${table('inbox_events')} e
	WHERE e.account_key = r.account_key AND (
		EXISTS (SELECT 1 FROM ${table('deliveries')} d WHERE d.event_id = e.event_id
			AND substr(d.contact_key, length(d.contact_key) - length(r.contact_key))
				= ' ' || r.contact_key)
		OR (r.in_webhook <> ''
			AND replace(e.content, '"' || r.in_webhook || '"', '') <> e.content))`;

/** A person's messages, and their statuses, which Meta may have sent without naming the person. */
const isOfTheirMessage = ({ table }: Pick<SqlWriter, 'table'>): string => `
	t.account_key = r.account_key AND (t.recipient_key = r.contact_key
		OR EXISTS (SELECT 1 FROM ${table('operations')} o
			WHERE o.account_key = r.account_key AND o.recipient_key = r.contact_key
				AND (o.message_id = t.message_id OR o.operation_id = t.operation_id)))`;

/**
 * Every table that holds something of a person; whoever adds one names it here. What belongs to a
 * row of another table comes before it. `events` holds hashes alone: of message IDs, and of those who
 * were erased.
 */
export const personTables: readonly PersonTable[] = [
	{ table: 'messages', isOf: isOfTheirMessage },
	{ table: 'operations', isOf: () => ownKey('recipient_key') },
	{
		table: 'questions',
		isOf: () => ownKey('person_key'),
		// An execution that waits for it needs it to go on.
		isLeft: ({ table }) => `${ownKey('person_key')} AND NOT EXISTS
			(SELECT 1 FROM ${table('waits')} w WHERE w.wait_id = t.wait_id AND w.state <> 'ended')`,
	},
	{ table: 'inbox_events', isOf: (write) => `t.event_id IN (${waitingEvents(write)})` },
	{
		table: 'deliveries',
		isOf: (write) => `t.event_id IN (${waitingEvents(write)})`,
		// Their events have just been erased.
		isLeft: ({ table }) =>
			`NOT EXISTS (SELECT 1 FROM ${table('inbox_events')} e WHERE e.event_id = t.event_id)`,
	},
	{
		table: 'forwards',
		isOf: () =>
			`replace(t.person_keys, '|' || r.account_key || ' ' || r.contact_key || '|', '')
				<> t.person_keys`,
	},
	{ table: 'texts', isOf: () => ownKey('contact_key') },
	{ table: 'contact_facts', isOf: () => ownKey('contact_key') },
	{ table: 'consent_log', isOf: () => ownKey('contact_key') },
	{
		table: 'contact_links',
		isOf: () => `t.account_key = r.account_key
			AND (t.wa_key = r.contact_key OR t.user_key = r.contact_key)`,
	},
	{
		table: 'contact_moves',
		// To whoever has a former number now, the new one of its former owner says nothing.
		isOf: () => ownKey('new_key'),
		// Without what shows that somebody else has the number, it would lead to the former owner.
		isLeft: () => `(${ownKey('new_key')} OR ${ownKey('old_key')})`,
	},
];

/** Reads a table's rows of a person. Each may come once for each key. */
export const readStatement = ({ table, isOf }: PersonTable): Statement => ({
	rows: keyColumns,
	values: {},
	sql: (write) => `SELECT t.* FROM ${write.rows} JOIN ${write.table(table)} t ON ${isOf(write)}`,
});

/** Deletes them, and returns one row for each. */
export const eraseStatement = ({ table, isOf, isLeft = isOf }: PersonTable): Statement => ({
	rows: keyColumns,
	values: {},
	sql: (write) => `
		DELETE FROM ${write.table(table)} AS t
		WHERE EXISTS (SELECT 1 FROM ${write.rows} WHERE ${isLeft(write)})
		RETURNING 1 AS n`,
});

/** Waits for answers, of which no question is left: their texts name the person. */
export const endedWaitsStatement: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `
		DELETE FROM ${table('waits')} AS t WHERE t.state = 'ended' AND NOT EXISTS
			(SELECT 1 FROM ${table('questions')} q WHERE q.wait_id = t.wait_id)
		RETURNING 1 AS n`,
};

/**
 * Keys that took the place of these, and those whose place they took. A former number that somebody
 * has used since may be another person's: it leads to nobody, and nobody to it. What the business does
 * with a number says nothing of who has it.
 */
export const movesStatement: Statement = {
	rows: { account_key: 'text', contact_key: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT m.old_key, m.new_key FROM ${rows} JOIN ${table('contact_moves')} m
			ON m.account_key = r.account_key
				AND (m.old_key = r.contact_key OR m.new_key = r.contact_key)
		WHERE NOT EXISTS (SELECT 1 FROM ${table('contact_facts')} f
				WHERE f.account_key = m.account_key AND f.contact_key = m.old_key
					AND f.fact NOT IN ('windowClosed', 'handoff', 'standby')
					AND f.valid_at > m.valid_at)
			AND NOT EXISTS (SELECT 1 FROM ${table('contact_links')} l
				WHERE l.account_key = m.account_key AND l.wa_key = m.old_key
					AND l.valid_at > m.valid_at)`,
};
