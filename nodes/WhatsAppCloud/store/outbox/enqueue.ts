import { onRows, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import {
	columnList,
	columnsOf,
	setToExcluded,
	type Row,
	type Statement,
} from '../engine/statement';
import type { LeaseHeld } from './lease';
import { asLongAsKept, type OutboxEntry } from './outboxEntry';
import type { EnqueueAnswer } from './outboxStore';
import { byOperationId } from './lookUp';
import { markLostStatement } from './lostEntries';
import { intentColumns, isLiving, isLivingLease, readEntry, type IntentRow } from './outboxRow';
import { StateProblem } from '../stateProblem';
import { readPurgeClock, steadySinceBy } from '../purgeClock';

/** A message to enqueue, ready for the database. */
export interface Enqueuing {
	row: IntentRow & { state: string; owner: string; claim_id: string; now: number };
	lease: LeaseHeld;
	payloadMayDiffer: boolean;
	/** See `OutboxStore.enqueue`. */
	steadySince: number;
}

const columns = Object.keys(intentColumns);

/**
 * Columns cleared when a message is enqueued again. The attempt count goes on; the last error is
 * cleared, since it belongs to the previous attempt.
 */
const cleared = [
	'message_id',
	'error_code',
	'error_class',
	'error_message',
	'http_status',
	'fbtrace_id',
	'latency_ms',
	'token_slot',
	'sent_at',
	'retry_at',
];

/**
 * Adds entries and reclaims those that definitely did not go out, in one statement, so that of all
 * who enqueue a message only one gets it. An entry with the same claim ID counts as claimed, which
 * makes the statement safe to repeat after a lost connection.
 */
const enqueueStatement: Statement = {
	rows: { ...intentColumns, state: 'text', owner: 'text', claim_id: 'text', now: 'integer' },
	values: {},
	sql: (write) => `
		INSERT INTO ${write.table('operations')} AS o (${columnList(columns)},
			state, attempts, duplicates, created_at, updated_at, lease_owner, claim_id)
		SELECT ${columnsOf('r', columns)}, r.state, 0, 0, r.now, r.now, r.owner, r.claim_id
		FROM ${write.rows} WHERE true
		ON CONFLICT (operation_id) DO UPDATE SET
			${setToExcluded([...columns, 'state', 'created_at', 'updated_at', 'lease_owner', 'claim_id'])},
			${cleared.map((column) => `${column} = NULL`).join(', ')}
		WHERE o.claim_id = excluded.claim_id OR (
			o.account_key = excluded.account_key AND (
				o.state IN ('failed', 'blocked', 'cancelled')
				OR (o.state = 'recorded' AND (o.lease_owner = excluded.lease_owner
					OR NOT ${isLiving(write, 'o.lease_owner', 'excluded.created_at')}))))
		RETURNING operation_id`,
};

/** Frees an expired key; what was sent under it stays in the reports under another ID. */
const archiveStatement: Statement = {
	rows: { operation_id: 'text', now: 'integer' },
	values: {},
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o
		SET operation_id = o.operation_id || '~' || CAST(o.created_at AS TEXT)
		FROM ${write.rows}
		WHERE o.operation_id = r.operation_id AND o.state = 'sent'
			AND o.expires_at <> ${asLongAsKept} AND o.expires_at < r.now`,
};

const countDuplicateStatement: Statement = {
	rows: { operation_id: 'text', count: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('operations')} AS o SET duplicates = o.duplicates + r.count
		FROM ${rows} WHERE o.operation_id = r.operation_id`,
};

/** How often others may change the entries before the call gives up. */
const maxRounds = 5;

/** Enqueues a batch; of several messages with the same ID, only the first can get the entry. */
export function* enqueueAll(messages: readonly Enqueuing[]): Work<EnqueueAnswer[]> {
	const firsts = new Map<string, Enqueuing>();
	for (const message of messages) {
		const operationId = message.row.operation_id;
		if (!firsts.has(operationId)) firsts.set(operationId, message);
	}
	const claimed = yield* insert([...firsts.values()]);
	const isClaimed = (message: Enqueuing): boolean =>
		claimed.has(message.row.operation_id) && firsts.get(message.row.operation_id) === message;

	let entries = new Map<string, OutboxEntry>();
	for (let round = 0; round < maxRounds; round++) {
		const others = messages.filter((message) => !isClaimed(message));
		if (others.length === 0) break;
		entries = yield* readEntries(others);
		const entryOf = ({ row }: Enqueuing): OutboxEntry | undefined => entries.get(row.operation_id);
		const open = others.filter((message) => firsts.get(message.row.operation_id) === message);
		const dead = open.filter((message) => isLost(entryOf(message), message));
		const expired = yield* whichExpired(open, entryOf);
		const free = open.filter(
			(message) => isFree(entryOf(message), message) || expired.has(message),
		);
		if (dead.length === 0 && free.length === 0) break;
		yield* onRows(markLostStatement, dead.map(toIdAndTime));
		yield* onRows(archiveStatement, [...expired].map(toIdAndTime));
		for (const operationId of yield* insert(free)) claimed.add(operationId);
	}

	const answers = messages.map((message): EnqueueAnswer => {
		return isClaimed(message)
			? { outcome: 'claimed' }
			: refuse(entries.get(message.row.operation_id), message);
	});
	yield* onRows(countDuplicateStatement, countDuplicates(messages, answers));
	return answers;
}

/** @returns the IDs of the entries it got. */
function* insert(messages: readonly Enqueuing[]): Work<Set<string>> {
	// All processes lock the rows in the same order, so that they cannot deadlock.
	const rows = messages.map(({ row }) => row).sort(byId);
	const got = yield* onRows(enqueueStatement, rows);
	return new Set(got.map((row) => readText(row, 'operation_id')));
}

function byId(a: Enqueuing['row'], b: Enqueuing['row']): number {
	return a.operation_id < b.operation_id ? -1 : 1;
}

function* readEntries(messages: readonly Enqueuing[]): Work<Map<string, OutboxEntry>> {
	const ids = new Set(messages.map(({ row }) => row.operation_id));
	const rows = [...ids].map((operation_id) => ({ operation_id }));
	const entries = (yield* onRows(byOperationId, rows)).map(readEntry);
	return new Map(entries.map((entry) => [entry.operationId, entry]));
}

/** Its owner died while sending. */
function isLost(entry: OutboxEntry | undefined, { lease }: Enqueuing): boolean {
	return entry?.state === 'sending' && !isLivingLease(entry, lease.now);
}

/** Whether the entry is available: it is gone, or was put back since the attempt to insert it. */
function isFree(entry: OutboxEntry | undefined, { row, lease }: Enqueuing): boolean {
	if (entry === undefined) return true;
	const isHeld =
		(entry.state === 'sending' || entry.state === 'recorded') && isLivingLease(entry, lease.now);
	if (entry.accountKey !== row.account_key) return false;
	if (entry.state === 'recorded') return !isHeld || entry.leaseOwner === row.owner;
	return ['failed', 'blocked', 'cancelled'].includes(entry.state);
}

/** Whether the key has expired, judging by the clock alone. */
export function isPastItsTime({ expiresAt, state }: OutboxEntry, now: number): boolean {
	return expiresAt !== asLongAsKept && expiresAt < now && state !== 'unknown';
}

/**
 * Finds the sent messages whose keys have expired. A key only ages while the clock is known to run
 * steadily: as seen by the process, or by the purges the store has recorded.
 */
function* whichExpired(
	messages: readonly Enqueuing[],
	entryOf: (message: Enqueuing) => OutboxEntry | undefined,
): Work<Set<Enqueuing>> {
	const past = messages.flatMap((message) => {
		const entry = entryOf(message);
		return entry?.state === 'sent' && isPastItsTime(entry, message.lease.now)
			? [{ message, entry }]
			: [];
	});
	if (past.length === 0) return new Set();
	const purges = yield* readPurgeClock();
	const expired = past.filter(({ message, entry: { createdAt, expiresAt } }) => {
		const { now } = message.lease;
		const since = Math.min(message.steadySince, steadySinceBy(purges, now));
		return now - Math.max(createdAt, since) > expiresAt - createdAt;
	});
	return new Set(expired.map(({ message }) => message));
}

function refuse(entry: OutboxEntry | undefined, message: Enqueuing): EnqueueAnswer {
	const { row, payloadMayDiffer } = message;
	if (entry === undefined) {
		throw new StateProblem('locked', 'Other processes keep changing the same messages. Try again.');
	}
	const isOther = entry.payloadHash !== row.payload_hash && !payloadMayDiffer;
	if (isOther || entry.accountKey !== row.account_key) {
		return { outcome: 'conflict', entry };
	}
	if (entry.state === 'sent') return { outcome: 'duplicate', entry };
	return { outcome: entry.state === 'unknown' ? 'unknown' : 'busy', entry };
}

function toIdAndTime({ row }: Enqueuing): Row {
	return { operation_id: row.operation_id, now: row.now };
}

function countDuplicates(messages: readonly Enqueuing[], answers: readonly EnqueueAnswer[]): Row[] {
	const counts = new Map<string, number>();
	messages.forEach(({ row }, index) => {
		if (answers[index]?.outcome !== 'duplicate') return;
		counts.set(row.operation_id, (counts.get(row.operation_id) ?? 0) + 1);
	});
	return [...counts].sort().map(([operation_id, count]) => ({ operation_id, count }));
}
