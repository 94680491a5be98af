import { createHash } from 'node:crypto';

import { nextClaimId } from '../engine/claimId';
import { onRows, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, readNumber, readText, requireWithin } from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import type { Row, Statement } from '../engine/statement';
import { maxLeaseMs } from '../store';
import type { EventClaim, EventState, SeenEventStore } from './seenEventStore';
import { clockBackMs } from '../clockBack';

/** Length of the hash of listener and key, in bytes: keeps a month of keys small. */
const idBytes = 18;

/**
 * If several claim an event that is neither done nor in progress, one gets it. The same claim gets
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

/** Without its ID, the claim can no longer be renewed. */
const releaseStatement: Statement = {
	rows: { event_id: 'text', claim_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('events')} AS e SET lease_until = 0, claim_id = ''
		FROM ${rows} WHERE e.event_id = r.event_id AND e.is_done = 0
			AND (r.claim_id = '' OR e.claim_id = r.claim_id)`,
};

const renewStatement: Statement = {
	rows: { event_id: 'text', claim_id: 'text', lease_until: 'integer' },
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('events')} AS e SET lease_until = r.lease_until
		FROM ${rows} WHERE e.event_id = r.event_id AND e.claim_id = r.claim_id AND e.is_done = 0
		RETURNING ${changed('e')}event_id, ${changed('e')}claim_id`,
};

const lookStatement: Statement = {
	rows: { event_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT e.event_id, e.claimed_at, e.lease_until, e.is_done
		FROM ${rows} JOIN ${table('events')} e ON e.event_id = r.event_id`,
};

type ClaimRow = { event_id: string } & Row;

export function createSeenEventStore(database: Database, { batched }: Batcher): SeenEventStore {
	const claimBatched = batched((rows: readonly ClaimRow[]) =>
		database.run('steps', () => claimAll(rows)),
	);
	const confirmBatched = batched(async (rows: readonly ClaimRow[]) => {
		await database.run('steps', () => onRows(confirmStatement, [...firstOfEach(rows).values()]));
		return rows.map(() => undefined);
	});
	const releaseBatched = batched(async (rows: readonly ClaimRow[]) => {
		await database.run('steps', () => onRows(releaseStatement, [...rows].sort(byEventId)));
		return rows.map(() => undefined);
	});
	const renewBatched = batched(async (rows: readonly ClaimRow[]) => {
		const sorted = [...rows].sort(byEventId);
		const held = await database.run('steps', () => onRows(renewStatement, sorted));
		const names = new Set(held.map(nameOf));
		return rows.map((row) => names.has(nameOf(row)));
	});

	return {
		async claim(listenerId, eventKeys, leaseMs, now, claimId) {
			requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const claimed_at = encodeInteger(now, 'now');
			const lease_until = claimed_at + encodeInteger(leaseMs, 'leaseMs');
			const rows = eventKeys.map((eventKey) => ({
				event_id: eventId(listenerId, eventKey),
				claim_id: claimId ?? nextClaimId(),
				claimed_at,
				lease_until,
			}));
			return await claimBatched(rows);
		},
		async renew(listenerId, eventKeys, claimId, leaseMs, now) {
			requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs');
			const lease_until = encodeInteger(now, 'now') + encodeInteger(leaseMs, 'leaseMs');
			const claim_id = encodeKey(claimId, 'claimId');
			return await renewBatched(
				eventKeys.map((eventKey) => ({
					event_id: eventId(listenerId, eventKey),
					claim_id,
					lease_until,
				})),
			);
		},
		async look(events, now) {
			const time = encodeInteger(now, 'now');
			const ids = events.map(({ listenerId, eventKey }) => eventId(listenerId, eventKey));
			const rows = await inBatches([...new Set(ids)], (batch) =>
				database.run('read', () =>
					onRows(
						lookStatement,
						batch.map((event_id) => ({ event_id })),
					),
				),
			);
			const known = new Map(rows.map((row) => [readText(row, 'event_id'), stateOf(row, time)]));
			return ids.map((id) => known.get(id) ?? 'open');
		},
		async confirm(listenerId, eventKeys, now) {
			const claimed_at = encodeInteger(now, 'now');
			const rows = eventKeys.map((eventKey) => ({
				event_id: eventId(listenerId, eventKey),
				claim_id: '',
				claimed_at,
			}));
			await confirmBatched(rows);
		},
		async release(listenerId, eventKeys, claimId = '') {
			await releaseBatched(
				eventKeys.map((eventKey) => ({
					event_id: eventId(listenerId, eventKey),
					claim_id: claimId,
				})),
			);
		},
	};
}

/** Claims in batches; of several claims of the same event, only the first can get it. */
function* claimAll(rows: readonly ClaimRow[]): Work<EventClaim[]> {
	const firsts = firstOfEach(rows);
	const sorted = [...firsts.values()].sort(byEventId);
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

/** Identifies an event held by one claim. */
const nameOf = (row: Row): string => `${readText(row, 'event_id')} ${readText(row, 'claim_id')}`;

/** The order in which all processes lock. */
const byEventId = (left: Row, right: Row): number =>
	readText(left, 'event_id') < readText(right, 'event_id') ? -1 : 1;

/** Follows the same rule as claiming: what a claim would get is open. */
function stateOf(row: Row, now: number): EventState {
	if (readNumber(row, 'is_done') === 1) return 'done';
	const isLiving =
		readNumber(row, 'lease_until') > now && readNumber(row, 'claimed_at') <= now + clockBackMs;
	return isLiving ? 'inProgress' : 'open';
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
