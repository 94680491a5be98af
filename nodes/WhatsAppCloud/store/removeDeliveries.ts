import { onRows, type Work } from './engine/database';
import { readText } from './engine/encode';
import type { Row, Statement } from './engine/statement';

/** Locks the events first: whoever adds a delivery to one of them locks it, too. */
const lockEventsStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows, forUpdate }) => `
		SELECT e.event_id FROM ${rows} JOIN ${table('inbox_events')} e ON e.event_id = r.event_id
		ORDER BY e.event_id${forUpdate('e')}`,
};

const removeStatement: Statement = {
	rows: { batch_id: 'text', event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('deliveries')} AS d
		WHERE d.batch_id IN (SELECT r.batch_id FROM ${rows}) AND EXISTS (
			SELECT 1 FROM ${rows} WHERE r.batch_id = d.batch_id AND r.event_id = d.event_id)`,
};

/** Events that no trigger waits for any more. */
const removeEventsReturning = (returning: string): Statement => ({
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		DELETE FROM ${table('inbox_events')} AS e
		WHERE e.event_id IN (SELECT r.event_id FROM ${rows})
			AND NOT EXISTS (SELECT 1 FROM ${table('deliveries')} d WHERE d.event_id = e.event_id)
		${returning}`,
});

const removeEventsStatement = removeEventsReturning('');
/** Gives what the events held before it is gone. */
export const takeOutEventsStatement = removeEventsReturning('RETURNING event_id, content');

/**
 * Deletes deliveries, and the content of events that no other trigger waits for.
 *
 * @param found rows with `batch_id` and `event_id`
 */
export function* removeDeliveries(found: readonly Row[]): Work<void> {
	const rows = found.map((row) => ({
		batch_id: readText(row, 'batch_id'),
		event_id: readText(row, 'event_id'),
	}));
	const eventIds = [...new Set(rows.map(({ event_id }) => event_id))].sort();
	const events = eventIds.map((event_id) => ({ event_id }));
	yield* onRows(lockEventsStatement, events);
	yield* onRows(removeStatement, rows);
	yield* onRows(removeEventsStatement, events);
}
