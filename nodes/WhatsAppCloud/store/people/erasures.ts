import { onRows, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import { hashOf } from '../inbox/seen';

/** The scope of a person's mark, among the hashes of what was seen. */
const scope = 'erased person';

/** A mark is one of the hashes in `events`, and goes with them: later than Meta repeats anything. */
const markStatement: Statement = {
	rows: { event_id: 'text', erased_at: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('events')}
			(event_id, claim_id, claimed_at, lease_until, was_claimed, is_done)
		SELECT r.event_id, '', r.erased_at, 0, 0, 1 FROM ${rows} WHERE true
		ON CONFLICT (event_id) DO UPDATE SET claimed_at = excluded.claimed_at`,
};

const markedStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT e.event_id, e.claimed_at FROM ${rows}
		JOIN ${table('events')} e ON e.event_id = r.event_id`,
};

/** Webhooks of a person share the lock; an erasure waits for them, and holds up those that follow. */
const lockStatement = (suffix: '' | '_shared'): Statement => ({
	rows: { event_id: 'text' },
	values: {},
	sql: ({ rows }) =>
		`SELECT pg_advisory_xact_lock${suffix}(hashtextextended(r.event_id, 0)) IS NULL AS n FROM ${rows}`,
});
const lockForWebhook = lockStatement('_shared');
const lockForErasure = lockStatement('');

/** Sorted: all processes lock in the same order, so that they cannot deadlock. */
const rowsOf = (marks: readonly string[]): (Row & { event_id: string })[] =>
	[...new Set(marks.map((mark) => hashOf(scope, mark)))].sort().map((event_id) => ({ event_id }));

/**
 * Remembers that people were erased. Comes first in its transaction.
 *
 * @param options.locks whether others may write meanwhile; SQLite has one writer
 */
export function* markErased(
	marks: readonly string[],
	erased_at: number,
	{ locks }: { locks: boolean },
): Work<void> {
	const rows = rowsOf(marks);
	if (locks) yield* onRows(lockForErasure, rows);
	yield* onRows(
		markStatement,
		rows.map((row) => ({ ...row, erased_at })),
	);
}

/**
 * Whether one of these people was erased since somebody looked. Comes first in a transaction that
 * writes about them; until its end, nobody erases them.
 *
 * @param looked.erasures what `erasuresOf` has said
 * @param options.locks as in `markErased`
 */
export function* wereErasedSince(
	{ marks, erasures }: { marks: readonly string[]; erasures: ReadonlyMap<string, number> },
	{ locks }: { locks: boolean },
): Work<boolean> {
	if (locks) yield* onRows(lockForWebhook, rowsOf(marks));
	const now = yield* erasuresOf(marks);
	return [...now].some(([mark, erasedAt]) => erasures.get(mark) !== erasedAt);
}

/** @returns when those of them were erased that were, in milliseconds since 1970 */
export function* erasuresOf(marks: readonly string[]): Work<ReadonlyMap<string, number>> {
	const byId = new Map(marks.map((mark) => [hashOf(scope, mark), mark]));
	const rows = yield* onRows(
		markedStatement,
		Array.from(byId.keys(), (event_id) => ({ event_id })),
	);
	return new Map(
		rows.map((row) => [byId.get(readText(row, 'event_id')) ?? '', readNumber(row, 'claimed_at')]),
	);
}
