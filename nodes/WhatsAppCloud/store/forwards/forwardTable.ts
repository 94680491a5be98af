import { once, type Database } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeText,
	readNumber,
	readOptionalText,
	readText,
	requireWithin,
} from '../engine/encode';
import type { Row, SqlWriter, Statement } from '../engine/statement';
import { maxLeaseMs } from '../store';
import { dayMs } from '../../time/durations';
import type { ForwardStore } from './forwardStore';

/** SQL condition: its time has come, or seems further off than any pause, after a clock jump. */
const isDue = ({ value }: SqlWriter, alias: string): string =>
	`(${alias}.due_at <= ${value('now')} OR ${alias}.due_at > ${value('now')} + ${dayMs})
		AND (${alias}.lease_until <= ${value('now')}
			OR ${alias}.lease_until > ${value('now')} + ${maxLeaseMs})`;

const dueStatement: Statement = {
	rows: null,
	values: { account_key: 'text', now: 'integer' },
	sql: (write) => `
		SELECT DISTINCT f.address FROM ${write.table('forwards')} f
		WHERE f.account_key = ${write.value('account_key')} AND ${isDue(write, 'f')}`,
};

const takeStatement: Statement = {
	rows: null,
	values: {
		account_key: 'text',
		address: 'text',
		lease_until: 'integer',
		limit_count: 'integer',
		now: 'integer',
	},
	sql: (write) => `
		UPDATE ${write.table('forwards')} AS f SET
			lease_until = ${write.value('lease_until')}, attempts = f.attempts + 1
		WHERE f.forward_id IN (
			SELECT x.forward_id FROM ${write.table('forwards')} x
			WHERE x.account_key = ${write.value('account_key')}
				AND x.address = ${write.value('address')} AND ${isDue(write, 'x')}
			ORDER BY x.created_at, x.forward_id
			LIMIT ${write.value('limit_count')}${write.skipLocked('x')})
		RETURNING forward_id, address, body, signature, attempts, created_at`,
};

const deliveredStatement: Statement = {
	rows: null,
	values: { forward_id: 'text' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('forwards')} WHERE forward_id = ${value('forward_id')}`,
};

/** Kept like a call that takes so long: the time for which the whole address waits is `due_at`. */
const postponeStatement: Statement = {
	rows: null,
	values: { forward_id: 'text', lease_until: 'integer', problem: 'text' },
	sql: ({ table, value }) => `
		UPDATE ${table('forwards')} SET
			lease_until = ${value('lease_until')}, problem = ${value('problem')}
		WHERE forward_id = ${value('forward_id')}`,
};

const postponeAllStatement: Statement = {
	rows: null,
	values: {
		forward_id: 'text',
		account_key: 'text',
		address: 'text',
		due_at: 'integer',
		problem: 'text',
	},
	sql: ({ table, value }) => `
		UPDATE ${table('forwards')} AS f SET
			due_at = CASE WHEN f.due_at < ${value('due_at')} THEN ${value('due_at')} ELSE f.due_at END,
			lease_until = CASE WHEN f.forward_id = ${value('forward_id')} THEN 0
				ELSE f.lease_until END,
			problem = ${value('problem')}
		WHERE f.account_key = ${value('account_key')} AND f.address = ${value('address')}`,
};

const expireStatement: Statement = {
	rows: null,
	values: { account_key: 'text', before: 'integer' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('forwards')}
		WHERE account_key = ${value('account_key')} AND created_at < ${value('before')}
		RETURNING address`,
};

const backlogStatement: Statement = {
	rows: null,
	values: { account_key: 'text' },
	sql: ({ table, value }) => `
		SELECT f.address, COUNT(*) AS waiting, MIN(f.created_at) AS oldest_at,
			MAX(f.problem) AS problem
		FROM ${table('forwards')} f WHERE f.account_key = ${value('account_key')}
		GROUP BY f.address ORDER BY f.address`,
};

export function createForwardStore(database: Database): ForwardStore {
	return {
		async due(group, now) {
			const values = {
				account_key: encodeKey(group, 'group'),
				now: encodeInteger(now, 'now'),
			};
			const rows = await database.run('read', () => once(dueStatement, values));
			return rows.map((row) => readText(row, 'address'));
		},

		async take({ group, address, leaseMs, limit }, now) {
			const lease = requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const values = {
				account_key: encodeKey(group, 'group'),
				address: encodeText(address),
				lease_until: encodeInteger(now + lease, 'leaseMs'),
				limit_count: requireWithin(limit, 1, 1_000, 'limit'),
				now: encodeInteger(now, 'now'),
			};
			const rows = await database.run('steps', () => once(takeStatement, values));
			const age = (row: Row): number => readNumber(row, 'created_at');
			return [...rows]
				.sort((a, b) => age(a) - age(b))
				.map((row) => ({
					forwardId: readText(row, 'forward_id'),
					address: readText(row, 'address'),
					body: readText(row, 'body'),
					signature: readText(row, 'signature'),
					attempts: readNumber(row, 'attempts'),
				}));
		},

		async delivered(forwardId) {
			const forward_id = encodeKey(forwardId, 'forwardId');
			await database.run('steps', () => once(deliveredStatement, { forward_id }));
		},

		async postpone(forwardId, dueAt, problem) {
			const values = {
				forward_id: encodeKey(forwardId, 'forwardId'),
				lease_until: encodeInteger(dueAt, 'dueAt'),
				problem: encodeText(problem),
			};
			await database.run('steps', () => once(postponeStatement, values));
		},

		async postponeAll({ forwardId, group, address }, dueAt, problem) {
			const values = {
				forward_id: encodeKey(forwardId, 'forwardId'),
				account_key: encodeKey(group, 'group'),
				address: encodeText(address),
				due_at: encodeInteger(dueAt, 'dueAt'),
				problem: encodeText(problem),
			};
			await database.run('steps', () => once(postponeAllStatement, values));
		},

		async expire(group, before) {
			const values = {
				account_key: encodeKey(group, 'group'),
				before: encodeInteger(before, 'before'),
			};
			const rows = await database.run('steps', () => once(expireStatement, values));
			return rows.map((row) => readText(row, 'address'));
		},

		async backlogs(group) {
			const account_key = encodeKey(group, 'group');
			const rows = await database.run('read', () => once(backlogStatement, { account_key }));
			return rows.map((row) => ({
				address: readText(row, 'address'),
				waiting: readNumber(row, 'waiting'),
				oldestAt: readNumber(row, 'oldest_at'),
				problem: readOptionalText(row, 'problem'),
			}));
		},

		onReceived: (wake) => database.listen('forwards', wake),
	};
}
