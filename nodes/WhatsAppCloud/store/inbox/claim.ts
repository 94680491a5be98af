import { onRows, once, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import { removeDeliveries, takeOutEventsStatement } from '../removeDeliveries';
import { maxLeaseMs } from '../store';
import type { Abandoned, ClaimedBatch } from './inboxStore';

/** An execution that already has the batch gets it again: the answer may have been lost. */
const claimStatement: Statement = {
	rows: null,
	values: { batch_id: 'text', owner: 'text', lease_until: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('deliveries')} AS d SET
			attempt = CASE WHEN d.state = 'claimed' THEN d.attempt ELSE d.attempt + 1 END,
			state = 'claimed', owner = ${value('owner')}, lease_until = ${value('lease_until')}
		WHERE d.batch_id = ${value('batch_id')}
			AND (d.state <> 'claimed' OR d.owner = ${value('owner')})
		RETURNING attempt`,
};

const contentStatement: Statement = {
	rows: null,
	values: { batch_id: 'text', owner: 'text' },
	sql: ({ table, value }) => `
		SELECT e.content, d.batch_id, d.event_id, d.attempt FROM ${table('deliveries')} d
		JOIN ${table('inbox_events')} e ON e.event_id = d.event_id
		WHERE d.batch_id = ${value('batch_id')}
			AND (d.state <> 'claimed' OR d.owner = ${value('owner')})
		ORDER BY d.occurred_at, d.received_at, d.place`,
};

/** A batch and the execution that wants it. */
type Claim = Row & { batch_id: string; owner: string };

export function* claimBatch(batch: Claim, lease_until: number): Work<ClaimedBatch | null> {
	const claimed = yield* once(claimStatement, { ...batch, lease_until });
	if (claimed.length === 0) return null;
	const attempt = Math.max(...claimed.map((row) => readNumber(row, 'attempt')));
	const contents = yield* once(contentStatement, batch);
	return { contents: contents.map((row) => readText(row, 'content')), attempt, isErased: false };
}

const takeOutStatement: Statement = {
	rows: null,
	values: { batch_id: 'text', owner: 'text' },
	sql: ({ table, value }) => `
		DELETE FROM ${table('deliveries')} AS d
		WHERE d.batch_id = ${value('batch_id')}
			AND (d.state <> 'claimed' OR d.owner = ${value('owner')})
		RETURNING event_id, attempt, occurred_at, received_at, place`,
};

const sharedContentStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT e.event_id, e.content FROM ${rows}
		JOIN ${table('inbox_events')} e ON e.event_id = r.event_id`,
};

/** Claims a batch and erases it. Only for an engine in which nobody else writes meanwhile. */
export function* takeOutBatch(batch: Claim): Work<ClaimedBatch | null> {
	const taken = yield* once(takeOutStatement, batch);
	if (taken.length === 0) return null;
	const attempt = 1 + Math.max(...taken.map((row) => readNumber(row, 'attempt')));
	const inOrder = [...taken].sort(
		(a, b) =>
			['occurred_at', 'received_at', 'place']
				.map((column) => readNumber(a, column) - readNumber(b, column))
				.find((difference) => difference !== 0) ?? 0,
	);
	const eventIds = inOrder.map((row) => readText(row, 'event_id'));
	const events = eventIds.map((event_id) => ({ event_id }));
	const erased = yield* onRows(takeOutEventsStatement, events);
	const contents = new Map(erased.map(toContent));
	const shared = events.filter(({ event_id }) => !contents.has(event_id));
	for (const row of yield* onRows(sharedContentStatement, shared)) contents.set(...toContent(row));
	return { contents: eventIds.map((id) => contents.get(id) ?? ''), attempt, isErased: true };
}

const toContent = (row: Row): [eventId: string, content: string] => [
	readText(row, 'event_id'),
	readText(row, 'content'),
];

const renewStatement: Statement = {
	rows: null,
	values: { batch_id: 'text', owner: 'text', lease_until: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('deliveries')} AS d SET lease_until = ${value('lease_until')}
		WHERE d.batch_id = ${value('batch_id')} AND d.state = 'claimed'
			AND d.owner = ${value('owner')}
		RETURNING 1 AS n`,
};

export function* renewClaim(values: Row): Work<boolean> {
	return (yield* once(renewStatement, values)).length > 0;
}

const claimedEventsStatement: Statement = {
	rows: null,
	values: { batch_id: 'text', owner: 'text' },
	sql: ({ table, value }) => `
		SELECT d.event_id FROM ${table('deliveries')} d
		WHERE d.batch_id = ${value('batch_id')} AND d.state = 'claimed'
			AND (${value('owner')} = '' OR d.owner = ${value('owner')})`,
};

/** @param owner the execution; empty: whichever it is. */
export function* completeBatch(batch_id: string, owner: string): Work<void> {
	const claimed = yield* once(claimedEventsStatement, { batch_id, owner });
	yield* removeDeliveries(
		claimed.map((row) => ({ batch_id, event_id: readText(row, 'event_id') })),
	);
}

/** SQL condition: the execution that claimed `d` is no longer there. */
const isAbandoned = (now: string): string =>
	`d.state = 'claimed' AND (d.lease_until <= ${now} OR d.lease_until > ${now} + ${maxLeaseMs})`;

const restartStatement: Statement = {
	rows: null,
	values: { listener_id: 'text', max_attempts: 'integer', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('deliveries')} AS d SET state = 'waiting', due_at = 0, owner = ''
		WHERE d.listener_id = ${value('listener_id')} AND ${isAbandoned(value('now'))}
			AND d.attempt < ${value('max_attempts')}
		RETURNING batch_id`,
};

const abandonedStatement: Statement = {
	rows: null,
	values: { listener_id: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		SELECT d.batch_id, d.event_id FROM ${table('deliveries')} d
		WHERE d.listener_id = ${value('listener_id')} AND ${isAbandoned(value('now'))}`,
};

export function* endAbandoned(
	listener_id: string,
	max_attempts: number,
	now: number,
): Work<Abandoned> {
	const restarted = yield* once(restartStatement, { listener_id, max_attempts, now });
	const dropped = yield* once(abandonedStatement, { listener_id, now });
	yield* removeDeliveries(dropped);
	return { restarted: batchesOf(restarted), dropped: batchesOf(dropped) };
}

const unclaimedStatement: Statement = {
	rows: null,
	values: { listener_id: 'text', before: 'integer' },
	sql: ({ table, value }) => `
		SELECT d.batch_id, d.event_id FROM ${table('deliveries')} d
		WHERE d.listener_id = ${value('listener_id')} AND d.state <> 'claimed'
			AND d.received_at < ${value('before')}`,
};

/** @returns how many deliveries there were. */
export function* dropUnclaimed(listener_id: string, before: number): Work<number> {
	const found = yield* once(unclaimedStatement, { listener_id, before });
	yield* removeDeliveries(found);
	return found.length;
}

const batchesOf = (rows: readonly Row[]): string[] => [
	...new Set(rows.map((row) => readText(row, 'batch_id'))),
];
