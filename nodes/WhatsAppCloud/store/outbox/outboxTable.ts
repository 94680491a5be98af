import { nextClaimId } from '../engine/claimId';
import { onRows, type Database } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeOperationId,
	encodeOptionalInteger,
	encodeText,
	requireWithin,
} from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import { pageValues } from '../engine/pageQuery';
import { cancelAll, takeBackAll } from './cancel';
import { completeAll, encodeCompletion, type EncodedCompletion } from './complete';
import { enqueueAll, isPastItsTime, type Enqueuing } from './enqueue';
import { createLeases, encodeLease, type LeaseHeld } from './lease';
import {
	byMessageId,
	byOperationId,
	countByState,
	findByFingerprint,
	inOrder,
	listUnknown,
} from './lookUp';
import { markAllLost } from './lostEntries';
import type { EnqueueRequest, OutboxStore } from './outboxStore';
import { encodeFilter, encodeIntent, readEntry } from './outboxRow';
import { accountsOfOrphaned, reclaimAll } from './reclaim';
import { encodeSentTo, readSentTo, type EncodedSentTo } from './sentTo';
import { startAll, type Start } from './start';
import {
	encodeCap,
	encodeCappedStart,
	enqueueAllWithin,
	startAllWithin,
	type CappedEnqueuing,
	type EncodedCappedStart,
} from './startWithin';

const maxReclaimed = 1_000;
const maxPerFingerprint = 20;

const leasesOf = (entries: readonly { lease: LeaseHeld }[]): LeaseHeld[] =>
	entries.map(({ lease }) => lease);

const encodeEnqueuing = (
	request: EnqueueRequest,
	lease: LeaseHeld,
	state: 'sending' | 'recorded',
	steadySince: number,
): Enqueuing => ({
	row: {
		...encodeIntent(request),
		state,
		owner: lease.owner,
		claim_id: nextClaimId(),
		now: lease.now,
	},
	lease,
	payloadMayDiffer: request.payloadMayDiffer === true,
	steadySince: encodeInteger(steadySince, 'steadySince'),
});

/** The outbox in a database. Concurrent calls are joined into batches. */
export function createOutboxStore(database: Database, { batched }: Batcher): OutboxStore {
	const leases = createLeases(database);
	const enqueueBatched = batched((messages: readonly Enqueuing[]) =>
		leases.during(leasesOf(messages), () => enqueueAll(messages)),
	);
	const startBatched = batched((starts: readonly Start[]) =>
		leases.during(leasesOf(starts), () => startAll(starts)),
	);
	const startWithinBatched = batched((starts: readonly EncodedCappedStart[]) =>
		leases.during(
			leasesOf(starts),
			() => startAllWithin(starts, { locks: database.engine === 'postgres' }),
			'transaction',
		),
	);
	const sentToBatched = batched((requests: readonly EncodedSentTo[]) =>
		database.run('read', () => readSentTo(requests)),
	);
	const completeBatched = batched((completions: readonly EncodedCompletion[]) =>
		database.run(completions.some(({ text }) => text !== null) ? 'transaction' : 'steps', () =>
			completeAll(completions),
		),
	);

	const enqueueWithinBatched = batched((messages: readonly CappedEnqueuing[]) =>
		leases.during(
			leasesOf(messages),
			() => enqueueAllWithin(messages, { locks: database.engine === 'postgres' }),
			'transaction',
		),
	);

	return {
		async enqueue(requests, lease, now, options = {}) {
			const { start = false, steadySince = 0, mayWaitMs = 0 } = options;
			const held = encodeLease(lease, now);
			const state = start ? 'sending' : 'recorded';
			const messages = requests.map((request) =>
				encodeEnqueuing(request, held, state, steadySince),
			);
			return await enqueueBatched(messages, mayWaitMs);
		},

		async enqueueWithin(request, cap, lease, now, { steadySince = 0 } = {}) {
			const held = encodeLease(lease, now);
			const message = encodeEnqueuing(request, held, 'sending', steadySince);
			const [answer] = await enqueueWithinBatched([{ ...message, ...encodeCap(cap) }]);
			return answer ?? { outcome: 'capped' };
		},

		async start(operationIds, from, lease, now) {
			const held = encodeLease(lease, now);
			const starts = operationIds.map((operationId): Start => ({
				row: {
					operation_id: encodeOperationId(operationId),
					from_state: typeof from === 'string' ? from : 'unknown',
					unknown_since:
						typeof from === 'string' ? null : encodeInteger(from.unknownSince, 'unknownSince'),
					owner: held.owner,
					claim_id: nextClaimId(),
					category: null,
					now: held.now,
				},
				lease: held,
			}));
			return await startBatched(starts);
		},

		async startWithin(starts, lease, now) {
			const held = encodeLease(lease, now);
			return await startWithinBatched(starts.map((each) => encodeCappedStart(each, held)));
		},

		async sentTo(request) {
			return (await sentToBatched([encodeSentTo(request)])).flat();
		},

		async complete(completions, now, { mayWaitMs = 0 } = {}) {
			const rows = completions.map((each) => encodeCompletion(each, now));
			return await completeBatched(rows, mayWaitMs);
		},

		renewLease: (lease, now) => leases.renew(lease, now),
		releaseLease: (owner, now) => leases.release(owner, now),

		async reclaim(request, lease, now) {
			const held = encodeLease(lease, now);
			const values = {
				...encodeFilter(request),
				owner: held.owner,
				claim_id: nextClaimId(),
				now: held.now,
				limit_count: requireWithin(request.limit, 1, maxReclaimed, 'limit'),
			};
			return await leases.during([held], function* () {
				const becameUnknown = yield* markAllLost(values.account_key, held.now);
				return { entries: yield* reclaimAll(values), becameUnknown };
			});
		},

		async accountsOfOrphaned({ workflowId, nodeId }) {
			const values = {
				workflow_id: encodeText(workflowId),
				node_id: encodeKey(nodeId, 'nodeId'),
			};
			return await database.run('read', () => accountsOfOrphaned(values));
		},

		async cancel({ accountKey, owner }, now) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				owner: encodeKey(owner, 'owner'),
				now: encodeInteger(now, 'now'),
			};
			return await database.run('steps', () => cancelAll(values));
		},

		async takeBack(operationIds, owner) {
			const ids = operationIds.map(encodeOperationId);
			const lease_owner = encodeKey(owner, 'owner');
			await database.run('steps', () => takeBackAll(ids, lease_owner));
		},

		async listUnknown(request, now) {
			const values = {
				...encodeFilter(request),
				...pageValues(request),
				changed_before: encodeInteger(
					request.changedBefore ?? Number.MAX_SAFE_INTEGER,
					'changedBefore',
				),
			};
			const time = encodeInteger(now, 'now');
			return await database.run('steps', function* () {
				yield* markAllLost(values.account_key, time);
				return yield* listUnknown(values, request);
			});
		},

		async findByOperationId(operationIds, now) {
			const records = await inBatches(operationIds, (batch) => {
				const rows = batch.map((each) => ({ operation_id: encodeOperationId(each) }));
				return database.run('read', () => onRows(byOperationId, rows));
			});
			const living = records.map(readEntry).filter((record) => !isPastItsTime(record, now));
			return inOrder(operationIds, living, (record) => record.operationId);
		},

		async findByMessageId(messageIds) {
			const records = await inBatches(messageIds, (batch) => {
				const rows = batch.map((each) => ({ message_id: encodeKey(each, 'messageId') }));
				return database.run('read', () => onRows(byMessageId, rows));
			});
			return inOrder(messageIds, records.map(readEntry), (record) => record.messageId);
		},

		async findByFingerprint({ accountKey, fingerprints, executionBegan, limitEach }) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				execution_began: encodeOptionalInteger(executionBegan, 'executionBegan'),
				limit_each: requireWithin(limitEach, 1, maxPerFingerprint, 'limitEach'),
			};
			const keys = fingerprints.map((each) => encodeKey(each, 'fingerprint'));
			return await inBatches(keys, async (batch) => {
				const found = await database.run('read', () => findByFingerprint(batch, values));
				return batch.map((key) => found.get(key) ?? []);
			});
		},

		async countByState(filter) {
			const values = encodeFilter(filter);
			return await database.run('read', () => countByState(values));
		},
	};
}
