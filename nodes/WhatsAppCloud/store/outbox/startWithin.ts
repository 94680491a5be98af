import { nextClaimId } from '../engine/claimId';
import { onRows, type Work } from '../engine/database';
import { encodeInteger, encodeOperationId, encodeText, requireWithin } from '../engine/encode';
import type { Statement } from '../engine/statement';
import type { LeaseHeld } from './lease';
import { enqueueAll, type Enqueuing } from './enqueue';
import type { CapCount, CappedStart, CappedStartAnswer, EnqueueAnswer } from './outboxStore';
import { encodeSentTo, readSentTo, type EncodedSentTo } from './sentTo';
import { startAll, type Start } from './start';

/** How many messages a person may get, ready for the database. */
interface EncodedCap {
	sentTo: EncodedSentTo;
	most: number;
	/** The person's keys within the account. */
	locks: readonly string[];
}

/** A capped message to start, ready for the database. */
export type EncodedCappedStart = Start & EncodedCap;

/** A capped message to enqueue and start, ready for the database. */
export type CappedEnqueuing = Enqueuing & EncodedCap;

/** Keeps other processes from counting a person's messages until the transaction ends. */
const lockStatement: Statement = {
	rows: { lock_key: 'text' },
	values: {},
	sql: ({ rows }) =>
		`SELECT pg_advisory_xact_lock(hashtextextended(r.lock_key, 0)) IS NULL AS n FROM ${rows}`,
};

const mostCounted = 1_000_000;

/** @throws RangeError if a key is empty or too long, or the cap is below 1 */
export function encodeCappedStart(start: CappedStart, lease: LeaseHeld): EncodedCappedStart {
	const { operationId, from, ownCategory } = start;
	return {
		row: {
			operation_id: encodeOperationId(operationId),
			from_state: from === 'recorded' ? from : 'unknown',
			unknown_since: from === 'recorded' ? null : encodeInteger(from.unknownSince, 'unknownSince'),
			owner: lease.owner,
			claim_id: nextClaimId(),
			category: encodeText(ownCategory),
			now: lease.now,
		},
		lease,
		...encodeCap(start),
	};
}

/** @throws RangeError if a key is empty or too long, or the cap is below 1 */
export const encodeCap = (cap: CapCount): EncodedCap => ({
	sentTo: encodeSentTo(cap),
	most: requireWithin(cap.most, 1, mostCounted, 'most'),
	locks: cap.contactKeys.map((key) => `${cap.accountKey}\n${key}`),
});

/**
 * Starts a batch, within a transaction. Of one person's messages, each counts those before it.
 *
 * @param options.locks whether others may write meanwhile; SQLite has one writer
 */
export function* startAllWithin(
	starts: readonly EncodedCappedStart[],
	options: { locks: boolean },
): Work<CappedStartAnswer[]> {
	const started = yield* within(starts, options, startAll);
	return started.map((isStarted) => {
		if (isStarted === null) return 'capped';
		return isStarted ? 'started' : 'taken';
	});
}

/** The same for messages that are enqueued by the same write. */
export function* enqueueAllWithin(
	messages: readonly CappedEnqueuing[],
	options: { locks: boolean },
): Work<(EnqueueAnswer | { outcome: 'capped' })[]> {
	const answers = yield* within(messages, options, enqueueAll);
	return answers.map((answer) => answer ?? { outcome: 'capped' });
}

/**
 * Does something with those whose persons may get more.
 *
 * @returns null for the others
 */
function* within<Entry extends EncodedCap & { row: { operation_id: string } }, Answer>(
	entries: readonly Entry[],
	{ locks: hasOthers }: { locks: boolean },
	work: (free: readonly Entry[]) => Work<Answer[]>,
): Work<(Answer | null)[]> {
	if (hasOthers) {
		// All processes lock in the same order, so that they cannot deadlock.
		const locks = [...new Set(entries.flatMap(({ locks: own }) => own))].sort();
		yield* onRows(
			lockStatement,
			locks.map((lock_key) => ({ lock_key })),
		);
	}
	const answers = new Map<Entry, Answer>();
	for (const turn of inTurns(entries)) {
		const counted = yield* readSentTo(turn.map(({ sentTo }) => sentTo));
		const free = turn.filter(({ row, most }, index) => {
			// Asked again after a lost connection, it may have started already.
			const others = counted[index]?.filter((each) => each.operationId !== row.operation_id);
			return (others?.length ?? 0) < most;
		});
		const done = yield* work(free);
		done.forEach((answer, index) => {
			const entry = free[index];
			if (entry !== undefined) answers.set(entry, answer);
		});
	}
	return entries.map((entry) => answers.get(entry) ?? null);
}

/** Splits the starts into parts in which no person appears twice, in their order. */
function inTurns<Entry extends EncodedCap>(starts: readonly Entry[]): Entry[][] {
	const turns: Entry[][] = [];
	const turnOf = new Map<string, number>();
	for (const start of starts) {
		const turn = Math.max(0, ...start.locks.map((lock) => turnOf.get(lock) ?? 0));
		for (const lock of start.locks) turnOf.set(lock, turn + 1);
		(turns[turn] ??= []).push(start);
	}
	return turns;
}
