import { once, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, encodeText, readNumber, readText } from '../engine/encode';
import type { ColumnKind, Row, Statement } from '../engine/statement';
import type { RegistrationRecordStore, StoredRegistrationRecord } from './registrationRecordStore';

const recordValues = {
	account_key: 'text',
	name: 'text',
	value: 'text',
	expected: 'text',
	now: 'integer',
} as const satisfies Record<string, ColumnKind>;

const readStatement: Statement = {
	rows: null,
	values: { account_key: 'text', name: 'text' },
	sql: ({ table, value }) => `
		SELECT name, value, updated_at FROM ${table('notes')}
		WHERE account_key = ${value('account_key')} AND name = ${value('name')}`,
};

const listStatement: Statement = {
	rows: null,
	values: { account_key: 'text', prefix: 'text' },
	sql: ({ table, value }) => `
		SELECT name, value, updated_at FROM ${table('notes')}
		WHERE account_key = ${value('account_key')}
			AND substr(name, 1, length(${value('prefix')})) = ${value('prefix')}
		ORDER BY name LIMIT 1000`,
};

const insertion = ({ table, value }: Parameters<Statement['sql']>[0]): string => `
	INSERT INTO ${table('notes')} (account_key, name, value, updated_at)
	VALUES (${['account_key', 'name', 'value', 'now'].map(value).join(', ')})`;

const writeValues = { account_key: 'text', name: 'text', value: 'text', now: 'integer' } as const;

const addStatement: Statement = {
	rows: null,
	values: writeValues,
	sql: (write) => `${insertion(write)}
		ON CONFLICT (account_key, name) DO NOTHING RETURNING name`,
};

const setStatement: Statement = {
	rows: null,
	values: writeValues,
	sql: (write) => `${insertion(write)}
		ON CONFLICT (account_key, name) DO UPDATE SET
			value = excluded.value, updated_at = excluded.updated_at`,
};

const replaceStatement: Statement = {
	rows: null,
	values: recordValues,
	sql: ({ table, value }) => `
		UPDATE ${table('notes')} SET value = ${value('value')}, updated_at = ${value('now')}
		WHERE account_key = ${value('account_key')} AND name = ${value('name')}
			AND value = ${value('expected')} RETURNING name`,
};

const deleteStatement: Statement = {
	rows: null,
	values: { account_key: 'text', name: 'text', expected: 'text' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('notes')}
		WHERE account_key = ${value('account_key')} AND name = ${value('name')}
			AND (${value('expected')} IS NULL OR value = ${value('expected')}) RETURNING name`,
};

export function createRegistrationRecordStore(database: Database): RegistrationRecordStore {
	return {
		async get(accountKey, name) {
			const key = encodeName(accountKey, name);
			return await database.run('read', () => read(key));
		},

		async list(accountKey, prefix) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				prefix: encodeText(prefix),
			};
			return (await database.run('read', () => once(listStatement, values))).map(readEntry);
		},

		async swap({ accountKey, name, expected, value }, now) {
			const key = encodeName(accountKey, name);
			const change = {
				expected: encodeText(expected),
				value: encodeText(value),
				now: encodeInteger(now, 'now'),
			};
			return await database.run('steps', function* () {
				const swapped = yield* swap(key, change);
				return { swapped, current: yield* read(key) };
			});
		},

		async set(accountKey, name, value, now) {
			const key = encodeName(accountKey, name);
			const time = encodeInteger(now, 'now');
			await database.run('steps', () =>
				value === null
					? once(deleteStatement, { ...key, expected: null })
					: once(setStatement, { ...key, value: encodeText(value), now: time }),
			);
		},
	};
}

const encodeName = (accountKey: string, name: string) => ({
	account_key: encodeKey(accountKey, 'accountKey'),
	name: encodeKey(name, 'name'),
});

type RecordKey = ReturnType<typeof encodeName>;

function* read(key: RecordKey): Work<StoredRegistrationRecord | null> {
	const [row] = yield* once(readStatement, key);
	return row === undefined ? null : readEntry(row);
}

function* swap(
	key: RecordKey,
	{ expected, value, now }: { expected: string | null; value: string | null; now: number },
): Work<boolean> {
	if (expected === null && value === null) return (yield* read(key)) === null;
	if (expected === null) return isChanged(yield* once(addStatement, { ...key, value, now }));
	if (value === null) return isChanged(yield* once(deleteStatement, { ...key, expected }));
	return isChanged(yield* once(replaceStatement, { ...key, expected, value, now }));
}

const isChanged = (rows: readonly Row[]): boolean => rows.length > 0;

function readEntry(row: Row): StoredRegistrationRecord {
	return {
		name: readText(row, 'name'),
		value: readText(row, 'value'),
		updatedAt: readNumber(row, 'updated_at'),
	};
}
