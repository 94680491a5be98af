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
import type { ForwardStore, GivenUp } from './forwardStore';

/** SQL condition: nobody has it under way, or its lease seems longer than any, after a clock jump. */
const isFree = ({ value }: SqlWriter, alias: string): string =>
	`(${alias}.lease_until <= ${value('now')}
		OR ${alias}.lease_until > ${value('now')} + ${maxLeaseMs})`;

/** SQL condition: its time has come, or seems further off than any pause, after a clock jump. */
const isDue = (write: SqlWriter, alias: string): string =>
	`(${alias}.due_at <= ${write.value('now')} OR ${alias}.due_at > ${write.value('now')} + ${dayMs})
		AND ${isFree(write, alias)}`;

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

const takeStatement = (condition: string, order: string): Statement => ({
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
				${condition}
			ORDER BY ${order}
			LIMIT ${write.value('limit_count')}${write.skipLocked('x')})
		RETURNING forward_id, address, body, signature, attempts, created_at`,
});

const takeOldest = takeStatement('', 'x.created_at');
/** Finds the first along the index, where `takeLeastTried` has to sort all that is due. */
const takeUntried = takeStatement('AND x.attempts = 0', 'x.created_at');
const takeLeastTried = takeStatement('', 'x.attempts, x.created_at');

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
	values: { account_key: 'text', before: 'integer', now: 'integer' },
	sql: (write) => `
		DELETE FROM ${write.table('forwards')} AS f
		WHERE f.account_key = ${write.value('account_key')} AND f.created_at < ${write.value('before')}
			AND ${isFree(write, 'f')}
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
	values: { account_key: 'text', address: 'text', surplus: 'integer', now: 'integer' },
	sql: (write) => `
		DELETE FROM ${write.table('forwards')} WHERE forward_id IN (
			SELECT x.forward_id FROM ${write.table('forwards')} x
			WHERE x.account_key = ${write.value('account_key')} AND x.address = ${write.value('address')}
				AND ${isFree(write, 'x')}
			ORDER BY x.created_at LIMIT ${write.value('surplus')})
		RETURNING address`,
};

/** What is too old goes first, and then the oldest of what is too much. */
function* expireAll(
	account_key: string,
	limits: { before: number; most: number },
	now: number,
): Work<GivenUp[]> {
	const { before, most } = limits;
	const givenUp = new Map<string, GivenUp>();
	const add = (rows: readonly Row[], why: 'tooOld' | 'surplus'): void => {
		for (const row of rows) {
			const address = readText(row, 'address');
			const sofar = givenUp.get(address) ?? { address, tooOld: 0, surplus: 0 };
			givenUp.set(address, { ...sofar, [why]: sofar[why] + 1 });
		}
	};
	add(yield* once(expireStatement, { account_key, before, now }), 'tooOld');
	for (const row of yield* once(countStatement, { account_key, most })) {
		const [address, surplus] = [readText(row, 'address'), readNumber(row, 'surplus')];
		add(yield* once(surplusStatement, { account_key, address, surplus, now }), 'surplus');
	}
	return [...givenUp.values()];
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

		async take({ group, address, leaseMs, limit, leastTried = false }, now) {
			const lease = requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const values = {
				account_key: encodeKey(group, 'group'),
				address: encodeText(address),
				lease_until: encodeInteger(now + lease, 'leaseMs'),
				limit_count: requireWithin(limit, 1, 1_000, 'limit'),
				now: encodeInteger(now, 'now'),
			};
			const rows = await database.run('steps', function* () {
				if (!leastTried) return yield* once(takeOldest, values);
				const untried = yield* once(takeUntried, values);
				return untried.length > 0 ? untried : yield* once(takeLeastTried, values);
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

		async expire(group, limits, now) {
			const account_key = encodeKey(group, 'group');
			const time = encodeInteger(now, 'now');
			const values = {
				before: encodeInteger(limits.before, 'before'),
				most: encodeInteger(limits.most, 'most'),
			};
			return await database.run('steps', () => expireAll(account_key, values, time));
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
