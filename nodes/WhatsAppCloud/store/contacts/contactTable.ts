import { onRows, once, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, readNumber, readText } from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import { pageValues, toPage } from '../engine/pageQuery';
import type { ColumnKind, Row, Statement } from '../engine/statement';
import type { Contact, ContactLink, ContactStore, ContactUpdate } from './contactStore';
import { decodeUpdate, encodeUpdate, joinUpdates, type FactRow } from './contactUpdate';
import { clockBackMs } from '../clockBack';

const factColumns = {
	account_key: 'text',
	contact_key: 'text',
	fact: 'text',
	scope: 'text',
	value: 'text',
	valid_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

const recordStatement: Statement = {
	rows: factColumns,
	values: { now: 'integer' },
	sql: ({ table, rows, value }) => `
		INSERT INTO ${table('contact_facts')} AS f
			(account_key, contact_key, fact, scope, value, valid_at)
		SELECT r.account_key, r.contact_key, r.fact, r.scope, r.value, r.valid_at
		FROM ${rows} WHERE true
		ON CONFLICT (account_key, contact_key, fact, scope) DO UPDATE SET
			value = excluded.value, valid_at = excluded.valid_at
		WHERE excluded.valid_at >= f.valid_at OR f.valid_at > ${value('now')} + ${clockBackMs}`,
};

const linkStatement: Statement = {
	rows: { account_key: 'text', wa_key: 'text', user_key: 'text', valid_at: 'integer' },
	values: { now: 'integer' },
	sql: ({ table, rows, value }) => `
		INSERT INTO ${table('contact_links')} AS k (account_key, wa_key, user_key, valid_at)
		SELECT r.account_key, r.wa_key, r.user_key, r.valid_at FROM ${rows} WHERE true
		ON CONFLICT (account_key, wa_key, user_key) DO UPDATE SET valid_at = excluded.valid_at
		WHERE excluded.valid_at > k.valid_at OR k.valid_at > ${value('now')} + ${clockBackMs}`,
};

const keyColumns = { account_key: 'text', contact_key: 'text' } as const;

const linksStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.contact_key, k.wa_key, k.user_key, k.valid_at FROM ${rows}
		JOIN ${table('contact_links')} k ON k.account_key = r.account_key AND k.wa_key = r.contact_key
		UNION ALL
		SELECT r.contact_key, k.wa_key, k.user_key, k.valid_at FROM ${rows}
		JOIN ${table('contact_links')} k ON k.account_key = r.account_key AND k.user_key = r.contact_key`,
};

const factsStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT f.contact_key, f.fact, f.scope, f.value, f.valid_at FROM ${rows}
		JOIN ${table('contact_facts')} f
			ON f.account_key = r.account_key AND f.contact_key = r.contact_key`,
};

const listStatement: Statement = {
	rows: null,
	values: {
		account_key: 'text',
		fact: 'text',
		after_key: 'text',
		after_scope: 'text',
		limit_count: 'integer',
	},
	sql: ({ table, value }) => `
		SELECT f.contact_key, f.fact, f.scope, f.value, f.valid_at
		FROM ${table('contact_facts')} f
		WHERE f.account_key = ${value('account_key')} AND f.fact = ${value('fact')}
			AND (f.contact_key, f.scope) > (${value('after_key')}, ${value('after_scope')})
		ORDER BY f.contact_key, f.scope
		LIMIT ${value('limit_count')}`,
};

const forgetFactsStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('contact_facts')} WHERE (account_key, contact_key) IN
			(SELECT r.account_key, r.contact_key FROM ${rows})`,
};

const forgetLinksStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('contact_links')} WHERE (account_key, wa_key) IN
			(SELECT r.account_key, r.contact_key FROM ${rows})
			OR (account_key, user_key) IN (SELECT r.account_key, r.contact_key FROM ${rows})`,
};

/** A row and when it was written. */
export interface TimedRow {
	row: Row;
	now: number;
}

/** @throws RangeError if a key is empty or too long. */
export function encodeContacts(entries: readonly ContactUpdate[], now: number): TimedRow[] {
	return entries.map((entry) => ({ row: encodeUpdate(entry), now: encodeInteger(now, 'now') }));
}

/** @throws RangeError if a key is empty or too long. */
export function encodeLinks(links: readonly ContactLink[], now: number): TimedRow[] {
	return links.map(({ accountKey, waKey, userKey, at }) => ({
		row: {
			account_key: encodeKey(accountKey, 'accountKey'),
			wa_key: encodeKey(waKey, 'waKey'),
			user_key: encodeKey(userKey, 'userKey'),
			valid_at: encodeInteger(at, 'at'),
		},
		now: encodeInteger(now, 'now'),
	}));
}

/** Writes the newest fact of each kind. */
export const recordContacts = (entries: readonly TimedRow[]): Work<void> =>
	writeNewest(recordStatement, ['account_key', 'contact_key', 'fact', 'scope'], entries);

/** Writes the newest of each link. */
export const linkContacts = (entries: readonly TimedRow[]): Work<void> =>
	writeNewest(linkStatement, ['account_key', 'wa_key', 'user_key'], entries);

function* writeNewest(
	statement: Statement,
	key: readonly string[],
	entries: readonly TimedRow[],
): Work<void> {
	const rows = newestOfEach(entries, (row) => key.map((column) => row[column]).join('\n'));
	const now = Math.max(...entries.map((entry) => entry.now));
	yield* onRows(statement, rows, { now });
}

export function createContactStore(database: Database, { batched }: Batcher): ContactStore {
	const write = (work: (entries: readonly TimedRow[]) => Work<void>) =>
		batched(async (entries: readonly TimedRow[]) => {
			await database.run('steps', () => work(entries));
			return entries.map(() => undefined);
		});
	const recordBatched = write(recordContacts);
	const linkBatched = write(linkContacts);

	return {
		async record(entries, now) {
			await recordBatched(encodeContacts(entries, now));
		},
		async link(links, now) {
			await linkBatched(encodeLinks(links, now));
		},
		async get(accountKey, contactKeys) {
			const account_key = encodeKey(accountKey, 'accountKey');
			const keys = contactKeys.map((each) => encodeKey(each, 'contactKey'));
			return await inBatches(keys, (batch) => database.run('read', () => read(account_key, batch)));
		},
		async list(request) {
			const { after_key, limit_count } = pageValues(request);
			const cut = after_key.lastIndexOf('\n');
			const values = {
				account_key: encodeKey(request.accountKey, 'accountKey'),
				fact: request.fact,
				after_key: after_key.slice(0, Math.max(cut, 0)),
				after_scope: after_key.slice(cut + 1),
				limit_count,
			};
			const rows = await database.run('read', () => once(listStatement, values));
			const page = toPage(rows, request, (row) => ({
				time: 0,
				key: `${readText(row, 'contact_key')}\n${readText(row, 'scope')}`,
			}));
			return {
				next: page.next,
				entries: page.entries.map((row) => ({
					...decodeUpdate(request.fact, toFactRow(row)),
					contactKey: readText(row, 'contact_key'),
					at: readNumber(row, 'valid_at'),
				})),
			};
		},
		async forget(accountKey, contactKeys) {
			const rows = contactKeys.map((each) => ({
				account_key: encodeKey(accountKey, 'accountKey'),
				contact_key: encodeKey(each, 'contactKey'),
			}));
			await inBatches(rows, (batch) =>
				database.run('transaction', function* () {
					yield* onRows(forgetFactsStatement, batch);
					return yield* onRows(forgetLinksStatement, batch);
				}),
			);
		},
	};
}

/** Reads what is known under each key and under the key its newest link connects it to. */
function* read(account_key: string, keys: readonly string[]): Work<Contact[]> {
	const toRows = (each: readonly string[]): Row[] =>
		[...new Set(each)].map((contact_key) => ({ account_key, contact_key }));
	const newest = new Map<string, { waKey: string; userKey: string; at: number }>();
	for (const row of yield* onRows(linksStatement, toRows(keys))) {
		const at = readNumber(row, 'valid_at');
		const key = readText(row, 'contact_key');
		if (at < (newest.get(key)?.at ?? -Infinity)) continue;
		newest.set(key, { waKey: readText(row, 'wa_key'), userKey: readText(row, 'user_key'), at });
	}
	const linked = [...newest.values()].flatMap(({ waKey, userKey }) => [waKey, userKey]);
	const facts = new Map<string, FactRow[]>();
	for (const row of yield* onRows(factsStatement, toRows([...keys, ...linked]))) {
		const key = readText(row, 'contact_key');
		facts.set(key, [...(facts.get(key) ?? []), toFactRow(row)]);
	}
	return keys.map((key) => {
		const link = newest.get(key);
		const own = link === undefined ? [key] : [...new Set([key, link.waKey, link.userKey])];
		const rows = own.flatMap((each) => facts.get(each) ?? []);
		return {
			keys: own,
			waKey: link?.waKey ?? null,
			userKey: link?.userKey ?? null,
			...joinUpdates(rows),
		};
	});
}

function toFactRow(row: Row): FactRow {
	return {
		fact: readText(row, 'fact'),
		scope: readText(row, 'scope'),
		value: readText(row, 'value'),
		at: readNumber(row, 'valid_at'),
	};
}

/**
 * The newest row for each key (of two with the same time, the later), in the order in which all
 * processes lock.
 */
function newestOfEach(entries: readonly TimedRow[], keyOf: (row: Row) => string): Row[] {
	const newest = new Map<string, Row>();
	for (const { row } of entries) {
		const known = newest.get(keyOf(row));
		if (known === undefined || Number(row['valid_at']) >= Number(known['valid_at'])) {
			newest.set(keyOf(row), row);
		}
	}
	return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
