import { onRows, once, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, readNumber, readText } from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import { pageValues, toPage } from '../engine/pageQuery';
import { insertRows, type Row, type Statement } from '../engine/statement';
import { addToTrail, createTrail, firstTimesOf } from './consentTrail';
import type { ContactLink, ContactStore, ContactUpdate } from './contactStore';
import { decodeUpdate, encodeUpdate, factColumns, isWithdrawal, withdrawn } from './contactUpdate';
import { encodeMoves, moveContacts } from './contactMoves';
import { readKeys, readPeople, toFactRow } from './people';
import { clockBackMs } from '../clockBack';

const recordStatement: Statement = {
	rows: factColumns,
	values: { now: 'integer' },
	sql: (write) => `${insertRows(write, 'contact_facts', Object.keys(factColumns), 'f')}
		ON CONFLICT (account_key, contact_key, fact, scope) DO UPDATE SET
			value = excluded.value, valid_at = excluded.valid_at
		WHERE excluded.valid_at > f.valid_at
			OR (excluded.valid_at = f.valid_at AND NOT ${isWithdrawal('f')})
			OR f.valid_at > ${write.value('now')} + ${clockBackMs}`,
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

/** Writes the newest fact of each kind, and all consent to the trail. */
export function* recordContacts(entries: readonly TimedRow[]): Work<void> {
	yield* writeNewest(recordStatement, ['account_key', 'contact_key', 'fact', 'scope'], entries);
	const rows = entries.map(({ row }) => row);
	yield* addToTrail(rows, Math.max(...entries.map(({ now }) => now)));
}

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

	const get: ContactStore['get'] = async (accountKey, contactKeys) => {
		const account_key = encodeKey(accountKey, 'accountKey');
		const keys = contactKeys.map((each) => encodeKey(each, 'contactKey'));
		return await inBatches(keys, (batch) =>
			database.run('read', () => readPeople(account_key, batch)),
		);
	};

	return {
		get,
		async record(entries, now) {
			await recordBatched(encodeContacts(entries, now));
		},
		async link(links, now) {
			await linkBatched(encodeLinks(links, now));
		},
		async move(moves, now) {
			encodeInteger(now, 'now');
			const rows = encodeMoves(moves);
			await database.run('transaction', () => moveContacts(rows));
		},
		async people(request) {
			const { after_key, limit_count } = pageValues(request);
			const account_key = encodeKey(request.accountKey, 'accountKey');
			const rows = await database.run('read', () =>
				readKeys({ account_key, after_key, limit_count }),
			);
			const page = toPage(
				rows.map((row) => readText(row, 'contact_key')),
				request,
				(key) => ({ time: 0, key }),
			);
			const contacts = await get(request.accountKey, page.entries);
			const entries = contacts.map((contact, index) => ({
				...contact,
				key: page.entries[index] ?? '',
			}));
			return {
				next: page.next,
				entries: entries.filter(({ key, waKey }) => key === (waKey ?? key)),
			};
		},
		trail: createTrail(database),
		async firstTimes(entries) {
			const rows = entries.map(encodeUpdate);
			return await inBatches(rows, (batch) => database.run('read', () => firstTimesOf(batch)));
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
	};
}

/**
 * The newest row for each key (of two with the same time, the later, unless the other takes consent
 * back), in the order in which all processes lock.
 */
function newestOfEach(entries: readonly TimedRow[], keyOf: (row: Row) => string): Row[] {
	const newest = new Map<string, Row>();
	for (const { row } of entries) {
		const known = newest.get(keyOf(row));
		const later = Number(row['valid_at']) - Number(known?.['valid_at'] ?? 0);
		const isFinal = known?.['fact'] === 'consent' && String(known['value']).includes(withdrawn);
		if (known === undefined || later > 0 || (later === 0 && !isFinal)) {
			newest.set(keyOf(row), row);
		}
	}
	return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
