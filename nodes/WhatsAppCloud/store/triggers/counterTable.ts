import { onRows, once, type Database } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeText,
	readNumber,
	readOptionalText,
	readText,
} from '../engine/encode';
import type { Batcher } from '../engine/batch';
import type { Statement } from '../engine/statement';
import type { CounterStore } from './counterStore';

const incrementStatement: Statement = {
	rows: {
		account_key: 'text',
		name: 'text',
		count: 'integer',
		last_at: 'integer',
		last_detail: 'text',
	},
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('counters')} AS c (account_key, name, count, last_at, last_detail)
		SELECT r.account_key, r.name, r.count, r.last_at, r.last_detail FROM ${rows} WHERE true
		ON CONFLICT (account_key, name) DO UPDATE SET
			count = c.count + excluded.count,
			last_at = excluded.last_at,
			last_detail = excluded.last_detail`,
};

const listStatement: Statement = {
	rows: null,
	values: { account_key: 'text', prefix: 'text' },
	sql: ({ table, value }) => `
		SELECT name, count, last_at, last_detail FROM ${table('counters')}
		WHERE account_key = ${value('account_key')}
			AND substr(name, 1, length(${value('prefix')})) = ${value('prefix')}
		ORDER BY name LIMIT 1000`,
};

interface IncrementRow {
	account_key: string;
	name: string;
	count: number;
	last_at: number;
	last_detail: string | null;
}

export function createCounterStore(database: Database, { batched }: Batcher): CounterStore {
	const incrementBatched = batched(async (rows: readonly IncrementRow[]) => {
		await database.run('steps', () => onRows(incrementStatement, sumUp(rows)));
		return rows.map(() => undefined);
	});

	return {
		async increment(entries, now, { mayWaitMs = 0 } = {}) {
			await incrementBatched(
				entries.map(({ accountKey, name, by, detail }) => ({
					account_key: encodeKey(accountKey, 'accountKey'),
					name: encodeKey(name, 'name'),
					count: encodeInteger(by, 'by'),
					last_at: encodeInteger(now, 'now'),
					last_detail: encodeText(detail),
				})),
				mayWaitMs,
			);
		},

		async list(accountKey, prefix) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				prefix: encodeText(prefix),
			};
			const rows = await database.run('read', () => once(listStatement, values));
			return rows.map((row) => ({
				name: readText(row, 'name'),
				count: readNumber(row, 'count'),
				lastAt: readNumber(row, 'last_at'),
				lastDetail: readOptionalText(row, 'last_detail'),
			}));
		},
	};
}

/** Sums up to one row per counter, in the order in which all processes lock. */
function sumUp(
	rows: readonly IncrementRow[],
): (IncrementRow & Record<string, string | number | null>)[] {
	const sums = new Map<string, IncrementRow>();
	for (const row of rows) {
		const key = `${row.account_key}\n${row.name}`;
		sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
	}
	return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row }));
}
