import { onRows, once, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import type { Contact } from './contactStore';
import { joinUpdates, type FactRow } from './contactUpdate';

const keyColumns = { account_key: 'text', contact_key: 'text' } as const;

/** What is known under a key, and its links; those have no `fact`, and the user ID as their scope. */
const knownStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => {
		const links = (column: string): string => `
		SELECT k.wa_key AS contact_key, NULL AS fact, k.user_key AS scope, '' AS value, k.valid_at
		FROM ${rows} JOIN ${table('contact_links')} k
			ON k.account_key = r.account_key AND k.${column} = r.contact_key`;
		return `
		SELECT f.contact_key, f.fact, f.scope, f.value, f.valid_at
		FROM ${rows} JOIN ${table('contact_facts')} f
			ON f.account_key = r.account_key AND f.contact_key = r.contact_key
		UNION ALL ${links('wa_key')} UNION ALL ${links('user_key')}`;
	},
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

interface Link {
	waKey: string;
	userKey: string;
	at: number;
}

/** How keys belong together. The same link may be added several times. */
class Links {
	/** The user ID that a number belongs to, by the newest link. */
	private readonly owners = new Map<string, Linked>();
	/** All numbers that a user ID was ever linked with. */
	private readonly numbers = new Map<string, Linked[]>();

	add({ waKey, userKey, at }: Link): void {
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
	const facts = new Map<string, FactRow[]>();
	const known = new Set<string>();
	let unknown = new Set(keys);
	for (let round = 0; unknown.size > 0 && round < mostRounds; round++) {
		const rows = yield* onRows(knownStatement, toRows(unknown));
		for (const key of unknown) known.add(key);
		const next: string[] = [];
		for (const row of rows) {
			const key = readText(row, 'contact_key');
			if (row['fact'] !== null) append(facts, key, toFactRow(row));
			else {
				const userKey = readText(row, 'scope');
				links.add({ waKey: key, userKey, at: readNumber(row, 'valid_at') });
				next.push(key, userKey);
			}
		}
		unknown = new Set(next.filter((key) => !known.has(key)));
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
