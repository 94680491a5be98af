import { nextClaimId } from '../engine/claimId';
import { onRows, type Database } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeOperationId,
	encodeOptionalInteger,
	requireWithin,
} from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import { pageValues } from '../engine/pageQuery';
import { claimAll, isPastItsTime, type Claim } from './claim';
import { createLeases, encodeLease, type LeaseHeld } from './lease';
import {
	byMessageId,
	byOperationId,
	countByState,
	findByFingerprint,
	inOrder,
	listUnknown,
} from './lookUp';
import { markAllLost } from './lost';
import type { ClaimAnswer, ClaimIntent, Lease, OperationStore } from './outboxStore';
import { encodeFilter, encodeIntent, readRecord } from './outboxRow';
import { encodeSettlement, settleAll, type SettlementRow } from './settleEntries';
import { adoptAll, takeAll, type Take } from './take';
import { withdrawAll } from './withdraw';

const maxAdopted = 1_000;
const maxPerFingerprint = 20;

const leasesOf = (claims: readonly { lease: LeaseHeld }[]): LeaseHeld[] =>
	claims.map(({ lease }) => lease);

/** Operations in a database. What comes at the same time is joined by the batcher. */
export function createOperationStore(database: Database, { batched }: Batcher): OperationStore {
	const leases = createLeases(database);
	const claimBatched = batched((claims: readonly Claim[]) =>
		leases.during(leasesOf(claims), () => claimAll(claims)),
	);
	const takeBatched = batched((takes: readonly Take[]) =>
		leases.during(leasesOf(takes), () => takeAll(takes)),
	);
	const settleBatched = batched((rows: readonly SettlementRow[]) =>
		database.run('steps', () => settleAll(rows)),
	);

	const claimAs = async (
		state: 'recorded' | 'sending',
		intents: readonly ClaimIntent[],
		lease: Lease,
		now: number,
		steadySince = 0,
	): Promise<ClaimAnswer[]> => {
		const held = encodeLease(lease, now);
		const claims = intents.map((intent): Claim => ({
			row: {
				...encodeIntent(intent),
				state,
				owner: held.owner,
				claim_id: nextClaimId(),
				now: held.now,
			},
			lease: held,
			payloadMayDiffer: intent.payloadMayDiffer === true,
			steadySince: encodeInteger(steadySince, 'steadySince'),
		}));
		return await claimBatched(claims);
	};

	return {
		claim: (intents, ...rest) => claimAs('sending', intents, ...rest),
		record: (intents, ...rest) => claimAs('recorded', intents, ...rest),

		async take(operationIds, from, lease, now) {
			const held = encodeLease(lease, now);
			const takes = operationIds.map((operationId): Take => ({
				row: {
					operation_id: encodeOperationId(operationId),
					from_state: typeof from === 'string' ? from : 'unknown',
					unknown_since:
						typeof from === 'string' ? null : encodeInteger(from.unknownSince, 'unknownSince'),
					owner: held.owner,
					claim_id: nextClaimId(),
					now: held.now,
				},
				lease: held,
			}));
			return await takeBatched(takes);
		},

		async settle(settlements, now) {
			return await settleBatched(settlements.map((each) => encodeSettlement(each, now)));
		},

		renewLease: (lease, now) => leases.renew(lease, now),
		releaseLease: (owner) => leases.release(owner),

		async adopt(request, lease, now) {
			const held = encodeLease(lease, now);
			const values = {
				...encodeFilter(request),
				owner: held.owner,
				claim_id: nextClaimId(),
				now: held.now,
				limit_count: requireWithin(request.limit, 1, maxAdopted, 'limit'),
			};
			return await leases.during([held], function* () {
				const becameUnknown = yield* markAllLost(values.account_key, held.now);
				return { records: yield* adoptAll(values), becameUnknown };
			});
		},

		async withdraw({ accountKey, owner }, now) {
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				owner: encodeKey(owner, 'owner'),
				now: encodeInteger(now, 'now'),
			};
			return await database.run('steps', () => withdrawAll(values));
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
			const living = records.map(readRecord).filter((record) => !isPastItsTime(record, now));
			return inOrder(operationIds, living, (record) => record.operationId);
		},

		async findByMessageId(messageIds) {
			const records = await inBatches(messageIds, (batch) => {
				const rows = batch.map((each) => ({ message_id: encodeKey(each, 'messageId') }));
				return database.run('read', () => onRows(byMessageId, rows));
			});
			return inOrder(messageIds, records.map(readRecord), (record) => record.messageId);
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
