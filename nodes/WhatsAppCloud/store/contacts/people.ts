import { onRows, once, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import type { Contact } from './contactStore';
import { joinUpdates, type FactRow } from './contactUpdate';

const keyColumns = { account_key: 'text', contact_key: 'text' } as const;

const linksStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT k.wa_key, k.user_key, k.valid_at FROM ${rows}
		JOIN ${table('contact_links')} k ON k.account_key = r.account_key AND k.wa_key = r.contact_key
		UNION ALL
		SELECT k.wa_key, k.user_key, k.valid_at FROM ${rows}
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

const keysStatement: Statement = {
	rows: null,
	values: { account_key: 'text', after_key: 'text', limit_count: 'integer' },
	sql: ({ table, value }) => `
		SELECT k.contact_key FROM (
			SELECT f.contact_key FROM ${table('contact_facts')} f
				WHERE f.account_key = ${value('account_key')} AND f.contact_key > ${value('after_key')}
			UNION
			SELECT l.wa_key FROM ${table('contact_links')} l
				WHERE l.account_key = ${value('account_key')} AND l.wa_key > ${value('after_key')}
		) k
		WHERE NOT EXISTS (SELECT 1 FROM ${table('contact_moves')} m
			WHERE m.account_key = ${value('account_key')} AND m.old_key = k.contact_key
				AND NOT EXISTS (SELECT 1 FROM ${table('contact_facts')} n
					WHERE n.account_key = m.account_key AND n.contact_key = m.old_key
						AND n.valid_at > m.valid_at))
		ORDER BY k.contact_key LIMIT ${value('limit_count')}`,
};

/**
 * Rounds of looking for further keys: a number leads to its user ID, and that to its other numbers,
 * whose own newest links the last round finds.
 */
const mostRounds = 3;

interface Linked {
	key: string;
	at: number;
}

/** How keys belong together. The same link may be added several times. */
class Links {
	/** The user ID that a number belongs to, by the newest link. */
	private readonly owners = new Map<string, Linked>();
	/** All numbers that a user ID was ever linked with. */
	private readonly numbers = new Map<string, Linked[]>();

	add(row: Row): void {
		const [waKey, userKey] = [readText(row, 'wa_key'), readText(row, 'user_key')];
		const at = readNumber(row, 'valid_at');
		append(this.numbers, userKey, { key: waKey, at });
		if (at >= (this.owners.get(waKey)?.at ?? -Infinity)) {
			this.owners.set(waKey, { key: userKey, at });
		}
	}

	/** The key, its user ID, and all numbers that belong to that: the newest one first. */
	of(key: string): Pick<Contact, 'keys' | 'waKey' | 'userKey'> {
		const userKey = this.owners.get(key)?.key ?? (this.numbers.has(key) ? key : null);
		if (userKey === null) return { keys: [key], waKey: null, userKey: null };
		const own = (this.numbers.get(userKey) ?? [])
			.filter((number) => this.owners.get(number.key)?.key === userKey)
			.sort((a, b) => b.at - a.at)
			.map((number) => number.key);
		const waKey = own[0] ?? null;
		return { keys: [...new Set([key, ...own, userKey])], waKey, userKey };
	}
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [value]);
	else list.push(value);
}

/** Reads what is known under each key and under those linked to it. */
export function* readPeople(account_key: string, keys: readonly string[]): Work<Contact[]> {
	const toRows = (each: Iterable<string>): Row[] =>
		Array.from(each, (contact_key) => ({ account_key, contact_key }));
	const links = new Links();
	const known = new Set<string>();
	let unknown = new Set(keys);
	for (let round = 0; unknown.size > 0 && round < mostRounds; round++) {
		const rows = yield* onRows(linksStatement, toRows(unknown));
		for (const key of unknown) known.add(key);
		for (const row of rows) links.add(row);
		const next = rows.flatMap((row) => [readText(row, 'wa_key'), readText(row, 'user_key')]);
		unknown = new Set(next.filter((key) => !known.has(key)));
	}
	const facts = new Map<string, FactRow[]>();
	for (const row of yield* onRows(factsStatement, toRows(known))) {
		append(facts, readText(row, 'contact_key'), toFactRow(row));
	}
	return keys.map((key) => {
		const linked = links.of(key);
		const rows = linked.keys.flatMap((each) => facts.get(each) ?? []);
		return { ...linked, ...joinUpdates(rows) };
	});
}

/** A page of the keys that people are known by. */
export const readKeys = (values: Row): Work<readonly Row[]> => once(keysStatement, values);

export function toFactRow(row: Row): FactRow {
	return {
		fact: readText(row, 'fact'),
		scope: readText(row, 'scope'),
		value: readText(row, 'value'),
		at: readNumber(row, 'valid_at'),
	};
}
