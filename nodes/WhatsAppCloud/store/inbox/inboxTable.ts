import { encodeContacts, encodeLinks } from '../contacts/contactTable';
import { encodeMoves } from '../contacts/contactMoves';
import { onRows, type Database, type Work } from '../engine/database';
import { encodeForward } from '../forwards/keepForwards';
import { encodeInteger, encodeKey, readNumber, readText, requireWithin } from '../engine/encode';
import type { Statement } from '../engine/statement';
import { sharedAnswers } from '../questions/questionStore';
import { encodeStatus } from '../statuses/statusRow';
import { maxLeaseMs } from '../store';
import { encodeArrived, encodeChange } from '../texts/textTable';
import {
	claimBatch,
	completeBatch,
	dropUnclaimed,
	endAbandoned,
	renewClaim,
	takeOutBatch,
} from './claim';
import { wereErasedSince } from '../people/erasures';
import { loopOwner, type ClaimedBatch, type InboxStore, type Reception } from './inboxStore';
import { encodeEvent, receiveAll } from './receive';
import { hashOf, seenBefore } from './seen';
import { dueOf, runningOf, takeDue, unclaimedOf } from './take';

const backlogStatement: Statement = {
	rows: { listener_id: 'text', loop_prefix: 'text' },
	values: { now: 'integer' },
	sql: ({ table, rows, value }) => `
		SELECT r.listener_id,
			CASE WHEN EXISTS (SELECT 1 FROM ${table('leases')} w
				WHERE w.lease_until > ${value('now')}
					AND substr(w.owner, 1, length(r.loop_prefix)) = r.loop_prefix)
				THEN 1 ELSE 0 END AS is_alive, COUNT(d.event_id) AS events,
			COALESCE(SUM(CASE WHEN d.state = 'claimed' THEN 1 ELSE 0 END), 0) AS claimed,
			COALESCE(MIN(CASE WHEN d.state <> 'claimed' THEN d.received_at END), -1) AS oldest_at
		FROM ${rows} LEFT JOIN ${table('deliveries')} d ON d.listener_id = r.listener_id
		GROUP BY r.listener_id, r.loop_prefix`,
};

export function createInboxStore(database: Database): InboxStore {
	return {
		async receive(
			{
				statuses,
				contacts,
				links,
				moves = [],
				events,
				texts,
				forwards = [],
				answeredWaits = [],
				sharedAnswers: shared = [],
				looked,
			},
			now,
		) {
			const time = encodeInteger(now, 'now');
			// What a loop does not learn to have been given would wait for as long as the loop lives.
			const mayGive = losesNoAnswer(database);
			const arrival = {
				statuses: statuses.map((entry) => encodeStatus(entry, time)),
				contacts: encodeContacts(contacts, time),
				links: encodeLinks(links, time),
				moves: encodeMoves(moves),
				events: events.map((event) => encodeEvent(event, time, mayGive)),
				arrivedTexts: (texts?.arrived ?? []).map(encodeArrived),
				changedTexts: (texts?.changed ?? []).map(encodeChange),
				forwards: forwards.map((each) => encodeForward(each, time)),
				sharedIds: shared.map((key) => hashOf(sharedAnswers, key)),
				answeredWaits,
			};
			const locks = database.engine === 'postgres';
			const receiving = function* (): Work<Reception> {
				if (looked !== undefined && (yield* wereErasedSince(looked, { locks }))) return outdated;
				return yield* receiveAll(arrival, time);
			};
			return await database.run('transaction', receiving, { mayWait: true });
		},

		seen: async (listenerIds, eventKeys) =>
			await database.run('read', () => seenBefore(listenerIds, eventKeys)),

		async take({ listenerId, owner, limit, takesOver, onePerContact = false }, now) {
			const values = {
				listener_id: encodeKey(listenerId, 'listenerId'),
				owner: encodeKey(owner, 'owner'),
				limit_count: requireWithin(limit, 1, 100_000, 'limit'),
				takes_over: takesOver ? 1 : 0,
				now: encodeInteger(now, 'now'),
			};
			return await database.run('transaction', () => takeDue(values, onePerContact));
		},

		unclaimed: async (batchIds) => await database.run('read', () => unclaimedOf(batchIds)),

		running: async (batchIds) => await database.run('read', () => runningOf(batchIds)),

		onReceived: (wake) => database.listen('deliveries', wake),

		async due(listenerIds, now) {
			const time = encodeInteger(now, 'now');
			return await database.run('read', () => dueOf(listenerIds, time));
		},

		async claim(batchId, executionId, leaseMs, now, { isKept = true } = {}) {
			const batch = {
				batch_id: encodeKey(batchId, 'batchId'),
				owner: encodeKey(executionId, 'executionId'),
			};
			const leaseUntil = leaseEnd(leaseMs, now);
			const isErased = !isKept && losesNoAnswer(database);
			const claiming = (): Work<ClaimedBatch | null> =>
				isErased ? takeOutBatch(batch) : claimBatch(batch, leaseUntil);
			return await database.run('transaction', claiming, { mayWait: true });
		},

		async renewClaim(batchId, executionId, leaseMs, now) {
			const values = {
				batch_id: encodeKey(batchId, 'batchId'),
				owner: encodeKey(executionId, 'executionId'),
				lease_until: leaseEnd(leaseMs, now),
			};
			return await database.run('steps', () => renewClaim(values));
		},

		async complete(batchId, executionId) {
			const batch_id = encodeKey(batchId, 'batchId');
			await database.run('transaction', () => completeBatch(batch_id, executionId ?? ''));
		},

		async endAbandoned(listenerId, maxAttempts, now) {
			const listener_id = encodeKey(listenerId, 'listenerId');
			const attempts = encodeInteger(maxAttempts, 'maxAttempts');
			const time = encodeInteger(now, 'now');
			return await database.run('transaction', () => endAbandoned(listener_id, attempts, time));
		},

		async drop(listenerId, receivedBefore) {
			const listener_id = encodeKey(listenerId, 'listenerId');
			const before = encodeInteger(receivedBefore, 'receivedBefore');
			return await database.run('transaction', () => dropUnclaimed(listener_id, before));
		},

		async backlogs(listenerIds, now) {
			const rows = listenerIds.map((each) => ({
				listener_id: encodeKey(each, 'listenerId'),
				loop_prefix: loopOwner(each, ''),
			}));
			const values = { now: encodeInteger(now, 'now') };
			const found = await database.run('read', () => onRows(backlogStatement, rows, values));
			const known = new Map(
				found.map((row) => {
					const claimed = readNumber(row, 'claimed');
					const oldestAt = readNumber(row, 'oldest_at');
					const listenerId = readText(row, 'listener_id');
					const backlog = {
						listenerId,
						waiting: readNumber(row, 'events') - claimed,
						oldestAt: oldestAt < 0 ? null : oldestAt,
						claimed,
						isAlive: readNumber(row, 'is_alive') === 1,
					};
					return [listenerId, backlog] as const;
				}),
			);
			return listenerIds.flatMap((each) => known.get(each) ?? []);
		},
	};
}

const outdated: Reception = { isOutdated: true, areNew: [], given: new Map() };

/** Between this process and a file, no answer gets lost. */
const losesNoAnswer = ({ engine }: Database): boolean => engine === 'sqlite';

/** @throws RangeError if the lease is too long. */
function leaseEnd(leaseMs: number, now: number): number {
	return encodeInteger(now + requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs'), 'leaseMs');
}
