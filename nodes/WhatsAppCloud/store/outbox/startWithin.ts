import { nextClaimId } from '../engine/claimId';
import { onRows, type Work } from '../engine/database';
import { encodeInteger, encodeOperationId, requireWithin } from '../engine/encode';
import type { Statement } from '../engine/statement';
import type { LeaseHeld } from './lease';
import type { CappedStart, CappedStartAnswer } from './outboxStore';
import { encodeSentTo, readSentTo, type EncodedSentTo } from './sentTo';
import { startAll, type Start } from './start';

/** A capped message to start, ready for the database. */
export interface EncodedCappedStart extends Start {
	sentTo: EncodedSentTo;
	most: number;
	/** The person's keys within the account. */
	locks: readonly string[];
}

/**
 * Keeps other processes from counting a person's messages until the transaction ends. SQLite has one
 * writer anyway.
 */
const lockStatement: Statement = {
	rows: { lock_key: 'text' },
	values: {},
	sql: ({ engine, rows }) =>
		engine === 'postgres'
			? `SELECT pg_advisory_xact_lock(hashtextextended(r.lock_key, 0)) IS NULL AS n FROM ${rows}`
			: `SELECT 1 AS n FROM ${rows}`,
};

const mostCounted = 1_000_000;

/** @throws RangeError if a key is empty or too long, or the cap is below 1 */
export function encodeCappedStart(start: CappedStart, lease: LeaseHeld): EncodedCappedStart {
	const { operationId, from, accountKey, contactKeys, most } = start;
	return {
		row: {
			operation_id: encodeOperationId(operationId),
			from_state: from === 'recorded' ? from : 'unknown',
			unknown_since: from === 'recorded' ? null : encodeInteger(from.unknownSince, 'unknownSince'),
			owner: lease.owner,
			claim_id: nextClaimId(),
			now: lease.now,
		},
		lease,
		sentTo: encodeSentTo(start),
		most: requireWithin(most, 1, mostCounted, 'most'),
		locks: contactKeys.map((key) => `${accountKey}\n${key}`),
	};
}

/** Starts a batch, within a transaction. Of one person's messages, each counts those before it. */
export function* startAllWithin(starts: readonly EncodedCappedStart[]): Work<CappedStartAnswer[]> {
	// All processes lock in the same order, so that they cannot deadlock.
	const locks = [...new Set(starts.flatMap(({ locks: own }) => own))].sort();
	yield* onRows(
		lockStatement,
		locks.map((lock_key) => ({ lock_key })),
	);
	const answers = new Map<EncodedCappedStart, CappedStartAnswer>();
	for (const turn of inTurns(starts)) {
		const counted = yield* readSentTo(turn.map(({ sentTo }) => sentTo));
		const free = turn.filter(({ row, most }, index) => {
			// Asked again after a lost connection, it may have started already.
			const others = counted[index]?.filter((each) => each.operationId !== row.operation_id);
			return (others?.length ?? 0) < most;
		});
		const started = yield* startAll(free);
		free.forEach((start, index) => {
			answers.set(start, started[index] === true ? 'started' : 'taken');
		});
	}
	return starts.map((start) => answers.get(start) ?? 'capped');
}

/** Splits the starts into parts in which no person appears twice, in their order. */
function inTurns(starts: readonly EncodedCappedStart[]): EncodedCappedStart[][] {
	const turns: EncodedCappedStart[][] = [];
	const turnOf = new Map<string, number>();
	for (const start of starts) {
		const turn = Math.max(0, ...start.locks.map((lock) => turnOf.get(lock) ?? 0));
		for (const lock of start.locks) turnOf.set(lock, turn + 1);
		(turns[turn] ??= []).push(start);
	}
	return turns;
}
