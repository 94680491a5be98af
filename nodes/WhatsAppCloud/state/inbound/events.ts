import { createHash } from 'node:crypto';

import { nextClaimId } from '../engine/claimId';
import { onRows, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, readNumber, readText, requireWithin } from '../engine/encode';
import type { Gatherer } from '../engine/gather';
import type { Row, Statement } from '../engine/statement';
import { maxLeaseMs } from '../store';
import type { EventClaim, EventStore } from './event';

/** Bytes of the hash that stands for listener and key: a month of keys stays small. */
const idBytes = 18;

/** A claim made later than this from now is one from before the clock was set back. */
const clockBackMs = 60_000;

/**
 * Of all that claim an event that is not done and not in progress, one gets it. The same claim gets
 * it again, which makes it safe to repeat after a lost connection.
 */
const claimStatement: Statement = {
	rows: { event_id: 'text', claim_id: 'text', claimed_at: 'integer', lease_until: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('events')} AS e
			(event_id, claim_id, claimed_at, lease_until, was_claimed, is_done)
		SELECT r.event_id, r.claim_id, r.claimed_at, r.lease_until, 0, 0 FROM ${rows} WHERE true
		ON CONFLICT (event_id) DO UPDATE SET
			claim_id = excluded.claim_id,
			claimed_at = excluded.claimed_at,
			lease_until = excluded.lease_until,
			was_claimed = CASE WHEN e.claim_id = excluded.claim_id THEN e.was_claimed ELSE 1 END
		WHERE e.is_done = 0 AND (e.claim_id = excluded.claim_id
			OR e.lease_until <= excluded.claimed_at
			OR e.claimed_at > excluded.claimed_at + ${clockBackMs})
		RETURNING event_id, was_claimed`,
};

const doneStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT e.event_id FROM ${rows} JOIN ${table('events')} e ON e.event_id = r.event_id
		WHERE e.is_done = 1`,
};

const confirmStatement: Statement = {
	rows: { event_id: 'text', claim_id: 'text', claimed_at: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('events')}
			(event_id, claim_id, claimed_at, lease_until, was_claimed, is_done)
		SELECT r.event_id, r.claim_id, r.claimed_at, 0, 0, 1 FROM ${rows} WHERE true
		ON CONFLICT (event_id) DO UPDATE SET is_done = 1, claimed_at = excluded.claimed_at`,
};

const releaseStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('events')} AS e SET lease_until = 0
		FROM ${rows} WHERE e.event_id = r.event_id AND e.is_done = 0`,
};

type ClaimRow = { event_id: string } & Row;

export function createEventStore(database: Database, { gather }: Gatherer): EventStore {
	const claimLot = gather((rows: readonly ClaimRow[]) =>
		database.run('steps', () => claimAll(rows)),
	);
	const runOn = (statement: Statement) =>
		gather(async (rows: readonly ClaimRow[]) => {
			await database.run('steps', () => onRows(statement, [...firstOfEach(rows).values()]));
			return rows.map(() => undefined);
		});
	const confirmLot = runOn(confirmStatement);
	const releaseLot = runOn(releaseStatement);

	return {
		async claim(listenerId, eventKeys, leaseMs, now) {
			requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const claimed_at = encodeInteger(now, 'now');
			const lease_until = claimed_at + encodeInteger(leaseMs, 'leaseMs');
			const rows = eventKeys.map((eventKey) => ({
				event_id: eventId(listenerId, eventKey),
				claim_id: nextClaimId(),
				claimed_at,
				lease_until,
			}));
			return await claimLot(rows);
		},
		async confirm(listenerId, eventKeys, now) {
			const claimed_at = encodeInteger(now, 'now');
			const rows = eventKeys.map((eventKey) => ({
				event_id: eventId(listenerId, eventKey),
				claim_id: '',
				claimed_at,
			}));
			await confirmLot(rows);
		},
		async release(listenerId, eventKeys) {
			await releaseLot(eventKeys.map((eventKey) => ({ event_id: eventId(listenerId, eventKey) })));
		},
	};
}

/** Claims in lots; of several claims of one event only the first can get it. */
function* claimAll(rows: readonly ClaimRow[]): Work<EventClaim[]> {
	const firsts = firstOfEach(rows);
	const sorted = [...firsts.values()].sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
	const got = new Map(
		(yield* onRows(claimStatement, sorted)).map((row) => [
			readText(row, 'event_id'),
			readNumber(row, 'was_claimed') === 1,
		]),
	);
	const others = rows.filter(({ event_id }) => !got.has(event_id));
	const done = new Set(
		(yield* onRows(doneStatement, [...firstOfEach(others).values()].map(onlyId))).map((row) =>
			readText(row, 'event_id'),
		),
	);
	return rows.map((row) => {
		const wasClaimed = got.get(row.event_id);
		if (wasClaimed === undefined) return done.has(row.event_id) ? 'done' : 'inProgress';
		if (firsts.get(row.event_id) !== row) return 'inProgress';
		return wasClaimed ? 'unconfirmed' : 'new';
	});
}

const onlyId = ({ event_id }: ClaimRow): Row => ({ event_id });

function firstOfEach(rows: readonly ClaimRow[]): Map<string, ClaimRow> {
	const firsts = new Map<string, ClaimRow>();
	for (const row of rows) if (!firsts.has(row.event_id)) firsts.set(row.event_id, row);
	return firsts;
}

function eventId(listenerId: string, eventKey: string): string {
	const text = `${encodeKey(listenerId, 'listenerId')}\n${encodeKey(eventKey, 'eventKey', 4_096)}`;
	return createHash('sha256').update(text).digest().toString('base64url', 0, idBytes);
}
