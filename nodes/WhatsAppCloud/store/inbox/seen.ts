import { onRows, type Work } from '../engine/database';
import { encodeKey, readText } from '../engine/encode';
import { hashedId } from '../engine/hashedId';
import type { Statement } from '../engine/statement';
import { answersListener } from '../questions/questionStore';

/** An event of a trigger that was never seen, or that an older version had not completed. */
export const seeStatement: Statement = {
	rows: { event_id: 'text', claim_id: 'text', claimed_at: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('events')} AS e
			(event_id, claim_id, claimed_at, lease_until, was_claimed, is_done)
		SELECT r.event_id, r.claim_id, r.claimed_at, 0, 0, 1 FROM ${rows} WHERE true
		ON CONFLICT (event_id) DO UPDATE SET
			is_done = 1, claim_id = excluded.claim_id, claimed_at = excluded.claimed_at
		WHERE e.is_done = 0
		RETURNING event_id`,
};

const seenStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT e.event_id FROM ${rows}
		JOIN ${table('events')} e ON e.event_id = r.event_id AND e.is_done = 1`,
};

/** @returns for each listener, in the order of the IDs, those of the keys that it has received */
export function* seenBefore(
	listenerIds: readonly string[],
	eventKeys: readonly string[],
): Work<ReadonlySet<string>[]> {
	const ids = listenerIds.map((listenerId) => eventKeys.map((key) => hashOf(listenerId, key)));
	const rows = [...new Set(ids.flat())].map((event_id) => ({ event_id }));
	const seen = new Set(
		(yield* onRows(seenStatement, rows)).map((row) => readText(row, 'event_id')),
	);
	return ids.map((own) => new Set(eventKeys.filter((_, index) => seen.has(own[index] ?? ''))));
}

/** Who recognises an event when it comes again: a listener for itself, questions together. */
export const recogniserOf = (listenerId: string): string =>
	listenerId.startsWith(answersListener) ? answersListener : listenerId;

/** Names an event of a listener, or what one has received. */
export function hashOf(scope: string, eventKey: string, content = ''): string {
	const key = `${encodeKey(scope, 'listenerId')}\n${encodeKey(eventKey, 'eventKey', 4_096)}`;
	return hashedId(content === '' ? key : `${key}\n${content}`);
}
