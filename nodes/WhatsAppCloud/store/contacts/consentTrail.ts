import { onRows, once, type Database, type Work } from '../engine/database';
import { encodeKey, readNumber, readText } from '../engine/encode';
import { hashedId } from '../engine/hashedId';
import { pageValueKinds, pageValues, toPage } from '../engine/pageQuery';
import {
	columnsOf,
	insertRows,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import type { ConsentEntry, ContactStore } from './contactStore';

const columns = {
	account_key: 'text',
	entry_id: 'text',
	contact_key: 'text',
	fact: 'text',
	scope: 'text',
	value: 'text',
	valid_at: 'integer',
	recorded_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

const addStatement: Statement = {
	rows: columns,
	values: {},
	sql: (write) => `${insertRows(write, 'consent_log', Object.keys(columns))}
		ON CONFLICT (account_key, entry_id) DO NOTHING`,
};

const shown = columnsOf('c', Object.keys(columns));

const allStatement: Statement = {
	rows: null,
	values: { account_key: 'text', ...pageValueKinds },
	sql: ({ table, value }) => `
		SELECT ${shown} FROM ${table('consent_log')} c
		WHERE c.account_key = ${value('account_key')}
			AND (c.valid_at, c.entry_id) > (${value('after_time')}, ${value('after_key')})
		ORDER BY c.valid_at, c.entry_id LIMIT ${value('limit_count')}`,
};

const ofPeopleStatement: Statement = {
	rows: { account_key: 'text', contact_key: 'text' },
	values: pageValueKinds,
	sql: ({ table, rows, value }) => `
		SELECT ${shown} FROM ${rows} JOIN ${table('consent_log')} c
			ON c.account_key = r.account_key AND c.contact_key = r.contact_key
		WHERE (c.valid_at, c.entry_id) > (${value('after_time')}, ${value('after_key')})
		ORDER BY c.valid_at, c.entry_id LIMIT ${value('limit_count')}`,
};

const firstStatement: Statement = {
	rows: {
		account_key: 'text',
		contact_key: 'text',
		fact: 'text',
		scope: 'text',
		value: 'text',
	},
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.contact_key, r.scope, r.value, MIN(c.valid_at) AS first_at
		FROM ${rows} JOIN ${table('consent_log')} c
			ON c.account_key = r.account_key AND c.contact_key = r.contact_key
				AND c.fact = r.fact AND c.scope = r.scope AND c.value = r.value
		GROUP BY r.contact_key, r.scope, r.value`,
};

/**
 * When the same was said first: for the same person and category, from the same source, with the same
 * note.
 *
 * @param facts of one account, as stored
 * @returns for each, null if never
 */
export function* firstTimesOf(facts: readonly Row[]): Work<(number | null)[]> {
	const nameOf = (row: Row): string =>
		['contact_key', 'scope', 'value'].map((name) => row[name]).join('\n');
	const rows = new Map(facts.map((row) => [nameOf(row), row]));
	const found = yield* onRows(firstStatement, [...rows.values()]);
	const times = new Map(found.map((row) => [nameOf(row), readNumber(row, 'first_at')]));
	return facts.map((row) => times.get(nameOf(row)) ?? null);
}

/** How much of a person's key an ID begins with, so that it stays short enough for a key. */
const mostOfKey = 200;

const logged: ReadonlySet<unknown> = new Set(['consent', 'preference']);

/** Adds to the trail what it keeps of these facts; what it has already is not added again. */
export function* addToTrail(facts: readonly Row[], recordedAt: number): Work<void> {
	const entries = facts
		.filter(({ fact }) => logged.has(fact))
		.map((fact) => ({ ...fact, entry_id: idOf(fact), recorded_at: recordedAt }));
	// All processes lock in the same order.
	entries.sort((a, b) => (a.entry_id < b.entry_id ? -1 : 1));
	yield* onRows(addStatement, entries);
}

/** One person's entries lie together, so that a list that is sorted is written in one go. */
function idOf(fact: Row): string {
	const content = Object.keys(columns).flatMap((name) => fact[name] ?? []);
	const person = String(fact['contact_key']).slice(0, mostOfKey);
	return `${person} ${hashedId(JSON.stringify(content))}`;
}

/** Reads the trail. */
export const createTrail = (database: Database): ContactStore['trail'] =>
	async function trail(request) {
		const account_key = encodeKey(request.accountKey, 'accountKey');
		const values = pageValues(request);
		const keys = request.contactKeys?.map((key) => encodeKey(key, 'contactKey'));
		const found = await database.run('read', () =>
			keys === undefined
				? once(allStatement, { account_key, ...values })
				: onRows(
						ofPeopleStatement,
						[...new Set(keys)].map((contact_key) => ({ account_key, contact_key })),
						values,
					),
		);
		const entries = found.map(toEntry).sort(byTime).slice(0, values.limit_count);
		return toPage(entries, request, ({ at, entryId }) => ({ time: at, key: entryId }));
	};

const byTime = (a: ConsentEntry, b: ConsentEntry): number =>
	a.at - b.at || (a.entryId < b.entryId ? -1 : 1);

/** Only this package writes the table. */
function toEntry(row: Row): ConsentEntry {
	const value = JSON.parse(readText(row, 'value')) as {
		granted?: boolean;
		optedOut?: boolean;
		source?: string | null;
		note?: string | null;
	};
	return {
		entryId: readText(row, 'entry_id'),
		contactKey: readText(row, 'contact_key'),
		kind: readText(row, 'fact') as ConsentEntry['kind'],
		category: readText(row, 'scope'),
		granted: value.granted ?? value.optedOut === false,
		source: value.source ?? null,
		note: value.note ?? null,
		at: readNumber(row, 'valid_at'),
		recordedAt: readNumber(row, 'recorded_at'),
	};
}
