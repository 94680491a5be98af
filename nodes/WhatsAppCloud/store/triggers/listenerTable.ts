import { onRows, once, type Database } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeOptionalInteger,
	encodeText,
	readNumber,
	readOptionalNumber,
	readOptionalText,
	readText,
} from '../engine/encode';
import {
	columnsOf,
	insertRows,
	setToExcluded,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import type { ListenerRecord, ListenerStore, ReadListener } from './listenerStore';

const listenerColumns = {
	listener_id: 'text',
	account_key: 'text',
	workflow_id: 'text',
	node_id: 'text',
	node_name: 'text',
	is_test: 'integer',
	address: 'text',
	owner: 'text',
	lease_until: 'integer',
	details: 'text',
	registered_at: 'integer',
	updated_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

const columns = Object.keys(listenerColumns);

const registerStatement: Statement = {
	rows: listenerColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'listeners', columns)}
		ON CONFLICT (listener_id) DO UPDATE SET
			${setToExcluded(columns.filter((column) => column !== 'registered_at'))}`,
};

const readColumns = {
	listener_id: 'text',
	read_lease_until: 'integer',
	read_updated_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

/** SQL condition: listener `t` has not changed since it was read. */
const isUnchanged = `t.listener_id = r.listener_id AND t.updated_at = r.read_updated_at
	AND (t.lease_until = r.read_lease_until
		OR (t.lease_until IS NULL AND r.read_lease_until IS NULL))`;

const leaseStatement: Statement = {
	rows: { ...readColumns, lease_until: 'integer', now: 'integer' },
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('listeners')} AS t SET lease_until = r.lease_until, updated_at = r.now
		FROM ${rows} WHERE ${isUnchanged}
		RETURNING ${changed('t')}listener_id`,
};

const moveStatement: Statement = {
	rows: { ...readColumns, account_key: 'text', details: 'text', now: 'integer' },
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('listeners')} AS t
		SET account_key = r.account_key, details = r.details, updated_at = r.now
		FROM ${rows} WHERE ${isUnchanged}
		RETURNING ${changed('t')}listener_id`,
};

const listStatement: Statement = {
	rows: null,
	values: { account_key: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		SELECT ${columnsOf('t', columns)} FROM ${table('listeners')} t
		WHERE t.account_key = ${value('account_key')}
			AND (t.lease_until IS NULL OR t.lease_until > ${value('now')})
		ORDER BY t.registered_at, t.listener_id`,
};

const findStatement: Statement = {
	rows: { listener_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT ${columnsOf('t', columns)} FROM ${table('listeners')} t
		WHERE t.listener_id IN (SELECT r.listener_id FROM ${rows})`,
};

const removeStatement: Statement = {
	rows: { listener_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('listeners')}
		WHERE listener_id IN (SELECT r.listener_id FROM ${rows}) RETURNING listener_id`,
};

const removeUnchangedStatement: Statement = {
	rows: readColumns,
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('listeners')} AS t
		WHERE EXISTS (SELECT 1 FROM ${rows} WHERE ${isUnchanged}) RETURNING listener_id`,
};

export function createListenerStore(database: Database): ListenerStore {
	/**
	 * Runs a statement that returns the IDs it found, and tells for each row whether it was found.
	 */
	const wasFound = async (
		statement: Statement,
		rows: readonly (Row & { readonly listener_id: string })[],
	): Promise<boolean[]> => {
		const found = await database.run('steps', () => onRows(statement, rows));
		const ids = new Set(found.map((row) => readText(row, 'listener_id')));
		return rows.map((row) => ids.has(row.listener_id));
	};

	return {
		async register(listener, now) {
			const time = encodeInteger(now, 'now');
			const row = {
				listener_id: encodeKey(listener.listenerId, 'listenerId'),
				account_key: encodeKey(listener.accountKey, 'accountKey'),
				workflow_id: encodeKey(listener.workflowId, 'workflowId'),
				node_id: encodeKey(listener.nodeId, 'nodeId'),
				node_name: encodeText(listener.nodeName),
				is_test: Number(listener.isTest),
				address: encodeText(listener.address),
				owner: encodeKey(listener.owner, 'owner'),
				lease_until: encodeOptionalInteger(listener.leaseUntil, 'leaseUntil'),
				details: encodeText(listener.details),
				registered_at: time,
				updated_at: time,
			};
			await database.run('steps', () => onRows(registerStatement, [row]));
		},

		async lease(read, leaseUntil, now) {
			const lease_until = encodeOptionalInteger(leaseUntil, 'leaseUntil');
			const time = encodeInteger(now, 'now');
			const rows = read.map((each) => ({ ...readRow(each), lease_until, now: time }));
			return await wasFound(leaseStatement, rows);
		},

		async move(read, accountKey, now) {
			const account_key = encodeKey(accountKey, 'accountKey');
			const time = encodeInteger(now, 'now');
			const rows = read.map((each) => {
				const details = encodeText(each.details);
				return { ...readRow(each), account_key, details, now: time };
			});
			return await wasFound(moveStatement, rows);
		},

		async list(accountKey, now) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				now: encodeInteger(now, 'now'),
			};
			return (await database.run('read', () => once(listStatement, values))).map(readListener);
		},

		async find(listenerIds) {
			const rows = listenerIds.map((each) => ({ listener_id: encodeKey(each, 'listenerId') }));
			const found = await database.run('read', () => onRows(findStatement, rows));
			return found.map(readListener);
		},

		remove: async (listenerIds) =>
			await wasFound(
				removeStatement,
				listenerIds.map((each) => ({ listener_id: encodeKey(each, 'listenerId') })),
			),

		removeUnchanged: async (read) => await wasFound(removeUnchangedStatement, read.map(readRow)),
	};
}

function readRow({ listenerId, leaseUntil, updatedAt }: ReadListener) {
	return {
		listener_id: encodeKey(listenerId, 'listenerId'),
		read_lease_until: encodeOptionalInteger(leaseUntil, 'leaseUntil'),
		read_updated_at: encodeInteger(updatedAt, 'updatedAt'),
	};
}

function readListener(row: Row): ListenerRecord {
	return {
		listenerId: readText(row, 'listener_id'),
		accountKey: readText(row, 'account_key'),
		workflowId: readText(row, 'workflow_id'),
		nodeId: readText(row, 'node_id'),
		nodeName: readText(row, 'node_name'),
		isTest: readNumber(row, 'is_test') === 1,
		address: readOptionalText(row, 'address'),
		owner: readText(row, 'owner'),
		leaseUntil: readOptionalNumber(row, 'lease_until'),
		details: readOptionalText(row, 'details'),
		registeredAt: readNumber(row, 'registered_at'),
		updatedAt: readNumber(row, 'updated_at'),
	};
}
