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
import { asLongAsKept, type ClaimAnswer, type OperationRecord } from './outboxStore';
import { byOperationId } from './lookUp';
import { markLostStatement } from './lost';
import { intentColumns, isLiving, isLivingLease, readRecord, type IntentRow } from './outboxRow';
import { StateProblem } from '../problem';
import { readPurgeClock, steadySinceBy } from '../purgeClock';

/** One operation to claim, ready for the database. */
export interface Claim {
	row: IntentRow & { state: string; owner: string; claim_id: string; now: number };
	lease: LeaseHeld;
	payloadMayDiffer: boolean;
	/** See `OperationStore.claim`. */
	steadySince: number;
}

const columns = Object.keys(intentColumns);

/**
 * Columns that a new claim begins anew; attempts go on being counted. The text of the last error
 * goes as well, since it is not this claim's.
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
];

/**
 * Adds operations and takes over what surely did not go out: one statement, so that of all who claim
 * one operation only one gets it. An operation of the same claim counts as claimed, which makes it
 * safe to repeat after a lost connection.
 */
const claimStatement: Statement = {
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

/** An expired key is free again; what was sent under it stays in the reports under another ID. */
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

/** Rounds in which others may change what this claim is about before it is given up. */
const maxRounds = 5;

/** Claims in batches; of several claims of one operation only the first can get it. */
export function* claimAll(claims: readonly Claim[]): Work<ClaimAnswer[]> {
	const firsts = new Map<string, Claim>();
	for (const claim of claims) {
		const operationId = claim.row.operation_id;
		if (!firsts.has(operationId)) firsts.set(operationId, claim);
	}
	const claimed = yield* insert([...firsts.values()]);
	const isClaimed = (claim: Claim): boolean =>
		claimed.has(claim.row.operation_id) && firsts.get(claim.row.operation_id) === claim;

	let records = new Map<string, OperationRecord>();
	for (let round = 0; round < maxRounds; round++) {
		const others = claims.filter((claim) => !isClaimed(claim));
		if (others.length === 0) break;
		records = yield* readRecords(others);
		const recordOf = ({ row }: Claim): OperationRecord | undefined => records.get(row.operation_id);
		const open = others.filter((claim) => firsts.get(claim.row.operation_id) === claim);
		const dead = open.filter((claim) => isLost(recordOf(claim), claim));
		const expired = yield* whichExpired(open, recordOf);
		const free = open.filter((claim) => isFree(recordOf(claim), claim) || expired.has(claim));
		if (dead.length === 0 && free.length === 0) break;
		yield* onRows(markLostStatement, dead.map(toIdAndTime));
		yield* onRows(archiveStatement, [...expired].map(toIdAndTime));
		for (const operationId of yield* insert(free)) claimed.add(operationId);
	}

	const answers = claims.map((claim): ClaimAnswer => {
		return isClaimed(claim)
			? { outcome: 'claimed' }
			: refuse(records.get(claim.row.operation_id), claim);
	});
	yield* onRows(countDuplicateStatement, countDuplicates(claims, answers));
	return answers;
}

/** @returns the IDs of the operations that were got. */
function* insert(claims: readonly Claim[]): Work<Set<string>> {
	// All processes take the rows in the same order, so that they do not wait for each other in a ring.
	const rows = claims.map(({ row }) => row).sort(byId);
	const got = yield* onRows(claimStatement, rows);
	return new Set(got.map((row) => readText(row, 'operation_id')));
}

function byId(a: Claim['row'], b: Claim['row']): number {
	return a.operation_id < b.operation_id ? -1 : 1;
}

function* readRecords(claims: readonly Claim[]): Work<Map<string, OperationRecord>> {
	const ids = new Set(claims.map(({ row }) => row.operation_id));
	const rows = [...ids].map((operation_id) => ({ operation_id }));
	const records = (yield* onRows(byOperationId, rows)).map(readRecord);
	return new Map(records.map((record) => [record.operationId, record]));
}

/** Its owner died while sending. */
function isLost(record: OperationRecord | undefined, { lease }: Claim): boolean {
	return record?.state === 'sending' && !isLivingLease(record, lease.now);
}

/** The operation can be had: it is gone, or was given back since the attempt to claim it. */
function isFree(record: OperationRecord | undefined, { row, lease }: Claim): boolean {
	if (record === undefined) return true;
	const isHeld =
		(record.state === 'sending' || record.state === 'recorded') && isLivingLease(record, lease.now);
	if (record.accountKey !== row.account_key) return false;
	if (record.state === 'recorded') return !isHeld || record.leaseOwner === row.owner;
	return ['failed', 'blocked', 'cancelled'].includes(record.state);
}

/** The time of the key has come, by whatever the clock says now. */
export function isPastItsTime({ expiresAt, state }: OperationRecord, now: number): boolean {
	return expiresAt !== asLongAsKept && expiresAt < now && state !== 'unknown';
}

/**
 * Whose keys have expired, of those that were sent. Their life counts only as far as the clock is
 * known to have kept going: by the process, or by the purges that the store has seen.
 */
function* whichExpired(
	claims: readonly Claim[],
	recordOf: (claim: Claim) => OperationRecord | undefined,
): Work<Set<Claim>> {
	const past = claims.flatMap((claim) => {
		const record = recordOf(claim);
		return record?.state === 'sent' && isPastItsTime(record, claim.lease.now)
			? [{ claim, record }]
			: [];
	});
	if (past.length === 0) return new Set();
	const purges = yield* readPurgeClock();
	const expired = past.filter(({ claim, record: { createdAt, expiresAt } }) => {
		const { now } = claim.lease;
		const since = Math.min(claim.steadySince, steadySinceBy(purges, now));
		return now - Math.max(createdAt, since) > expiresAt - createdAt;
	});
	return new Set(expired.map(({ claim }) => claim));
}

function refuse(record: OperationRecord | undefined, claim: Claim): ClaimAnswer {
	const { row, payloadMayDiffer } = claim;
	if (record === undefined) {
		throw new StateProblem(
			'locked',
			'Other processes keep changing the same operations. Try again.',
		);
	}
	const isOther = record.payloadHash !== row.payload_hash && !payloadMayDiffer;
	if (isOther || record.accountKey !== row.account_key) {
		return { outcome: 'conflict', record };
	}
	if (record.state === 'sent') return { outcome: 'duplicate', record };
	return { outcome: record.state === 'unknown' ? 'unknown' : 'busy', record };
}

function toIdAndTime({ row }: Claim): Row {
	return { operation_id: row.operation_id, now: row.now };
}

function countDuplicates(claims: readonly Claim[], answers: readonly ClaimAnswer[]): Row[] {
	const counts = new Map<string, number>();
	claims.forEach(({ row }, index) => {
		if (answers[index]?.outcome !== 'duplicate') return;
		counts.set(row.operation_id, (counts.get(row.operation_id) ?? 0) + 1);
	});
	return [...counts].sort().map(([operation_id, count]) => ({ operation_id, count }));
}
