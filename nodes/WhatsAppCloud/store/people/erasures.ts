import { onRows, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Statement } from '../engine/statement';
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

/** Remembers that people were erased. */
export function* markErased(marks: readonly string[], erased_at: number): Work<void> {
	const ids = [...new Set(marks.map((mark) => hashOf(scope, mark)))].sort();
	yield* onRows(
		markStatement,
		ids.map((event_id) => ({ event_id, erased_at })),
	);
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
