import { once, type Database, type Work } from '../engine/database';
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

/** Goes from address to address, so that it costs as much for a long queue as for a short one. */
const dueStatement: Statement = {
	rows: null,
	values: { account_key: 'text', now: 'integer' },
	sql: (write) => {
		const next = (condition: string): string => `(SELECT MIN(f.address)
			FROM ${write.table('forwards')} f
			WHERE f.account_key = ${write.value('account_key')} ${condition})`;
		return `
		WITH RECURSIVE addresses(address) AS (
			SELECT ${next('')}
			UNION ALL
			SELECT ${next('AND f.address > a.address')} FROM addresses a WHERE a.address IS NOT NULL)
		SELECT a.address FROM addresses a WHERE a.address IS NOT NULL AND EXISTS (
			SELECT 1 FROM ${write.table('forwards')} x
			WHERE x.account_key = ${write.value('account_key')} AND x.address = a.address
				AND ${isDue(write, 'x')})`;
	},
};

/** @param isUntried takes only what was never tried */
const takeStatement = (isUntried: boolean): Statement => ({
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
				${isUntried ? 'AND x.attempts = 0' : ''}
			ORDER BY x.created_at
			LIMIT ${write.value('limit_count')}${write.skipLocked('x')})
		RETURNING forward_id, address, body, signature, attempts, created_at`,
});

const takeAny = takeStatement(false);
const takeUntried = takeStatement(true);

const deliveredStatement: Statement = {
	rows: null,
	values: { forward_id: 'text' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('forwards')} WHERE forward_id = ${value('forward_id')}`,
};

const postponeStatement: Statement = {
	rows: null,
	values: { forward_id: 'text', due_at: 'integer', problem: 'text' },
	sql: ({ table, value }) => `
		UPDATE ${table('forwards')} SET
			due_at = ${value('due_at')}, lease_until = 0, problem = ${value('problem')}
		WHERE forward_id = ${value('forward_id')}`,
};

const expireStatement: Statement = {
	rows: null,
	values: { account_key: 'text', before: 'integer' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('forwards')}
		WHERE account_key = ${value('account_key')} AND created_at < ${value('before')}
		RETURNING address`,
};

const countStatement: Statement = {
	rows: null,
	values: { account_key: 'text', most: 'integer' },
	sql: ({ table, value }) => `
		SELECT f.address, COUNT(*) - ${value('most')} AS surplus FROM ${table('forwards')} f
		WHERE f.account_key = ${value('account_key')}
		GROUP BY f.address HAVING COUNT(*) > ${value('most')}`,
};

const surplusStatement: Statement = {
	rows: null,
	values: { account_key: 'text', address: 'text', surplus: 'integer' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('forwards')} WHERE forward_id IN (
			SELECT x.forward_id FROM ${table('forwards')} x
			WHERE x.account_key = ${value('account_key')} AND x.address = ${value('address')}
			ORDER BY x.created_at LIMIT ${value('surplus')})
		RETURNING address`,
};

/** What is too old goes first, and then the oldest of what is too much. */
function* expireAll(account_key: string, before: number, most: number): Work<string[]> {
	const gone = [...(yield* once(expireStatement, { account_key, before }))];
	for (const row of yield* once(countStatement, { account_key, most })) {
		const [address, surplus] = [readText(row, 'address'), readNumber(row, 'surplus')];
		gone.push(...(yield* once(surplusStatement, { account_key, address, surplus })));
	}
	return gone.map((row) => readText(row, 'address'));
}

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

		async take({ group, address, leaseMs, limit, untriedFirst = false }, now) {
			const lease = requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const values = {
				account_key: encodeKey(group, 'group'),
				address: encodeText(address),
				lease_until: encodeInteger(now + lease, 'leaseMs'),
				limit_count: requireWithin(limit, 1, 1_000, 'limit'),
				now: encodeInteger(now, 'now'),
			};
			const rows = await database.run('steps', function* () {
				const untried = untriedFirst ? yield* once(takeUntried, values) : [];
				return untried.length > 0 ? untried : yield* once(takeAny, values);
			});
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
				due_at: encodeInteger(dueAt, 'dueAt'),
				problem: encodeText(problem),
			};
			await database.run('steps', () => once(postponeStatement, values));
		},

		async expire(group, { before, most }) {
			const account_key = encodeKey(group, 'group');
			const [time, limit] = [encodeInteger(before, 'before'), encodeInteger(most, 'most')];
			const gone = await database.run('steps', () => expireAll(account_key, time, limit));
			return [...new Set(gone)].map((address) => ({
				address,
				webhooks: gone.filter((each) => each === address).length,
			}));
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
