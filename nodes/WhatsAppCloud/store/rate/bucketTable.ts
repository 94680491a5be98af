import { onRows, type Database, type Work } from '../engine/database';
import { encodeKey, readNumber, readText, requireWithin } from '../engine/encode';
import type { Batcher } from '../engine/batch';
import {
	columnsOf,
	insertRows,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import {
	freshBucket,
	reserveSlots,
	shareOf,
	slowDown,
	type Bucket,
	type SlotGrant,
} from '../../concurrency/tokenBucket';
import type { RateRequest, RateSlowDown, RateStore } from './rateStore';

const bucketColumns = {
	bucket_key: 'text',
	full_at: 'real',
	paused_until: 'real',
	share: 'real',
	share_at: 'real',
	recover_ms: 'real',
	quiet_until: 'real',
	clock: 'real',
} as const satisfies Record<string, ColumnKind>;

const columns = Object.keys(bucketColumns);

const readStatement: Statement = {
	rows: { bucket_key: 'text' },
	values: {},
	sql: ({ table, rows, forUpdate }) => `
		SELECT ${columnsOf('b', columns)}
		FROM ${rows} JOIN ${table('buckets')} b ON b.bucket_key = r.bucket_key
		ORDER BY b.bucket_key${forUpdate('b')}`,
};

const addStatement: Statement = {
	rows: bucketColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'buckets', columns)}
		ON CONFLICT (bucket_key) DO NOTHING`,
};

const writeStatement: Statement = {
	rows: bucketColumns,
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('buckets')} AS b SET
			${columns
				.filter((name) => name !== 'bucket_key')
				.map((name) => `${name} = r.${name}`)
				.join(', ')}
		FROM ${rows} WHERE b.bucket_key = r.bucket_key`,
};

/** One use of a bucket: returns the updated bucket and the answer for the caller. */
interface Use<Answer> {
	bucketKey: string;
	apply: (bucket: Bucket) => { bucket: Bucket; answer: Answer };
}

export function createRateStore(database: Database, { batched }: Batcher): RateStore {
	const reserveBatched = batched((uses: readonly Use<SlotGrant>[]) =>
		database.run('transaction', () => useBuckets(uses)),
	);
	const slowDownBatched = batched((uses: readonly Use<number>[]) =>
		database.run('transaction', () => useBuckets(uses)),
	);

	return {
		async reserve(requests, now) {
			requireWithin(now, 0, Number.MAX_SAFE_INTEGER, 'now');
			return await reserveBatched(requests.map((request) => useForSlots(request, now)));
		},
		async slowDown(entries, now) {
			requireWithin(now, 0, Number.MAX_SAFE_INTEGER, 'now');
			return await slowDownBatched(entries.map((entry) => useForSlowDown(entry, now)));
		},
	};
}

function useForSlots(request: RateRequest, now: number): Use<SlotGrant> {
	requireWithin(request.ratePerSecond, 1e-6, 1e6, 'ratePerSecond');
	requireWithin(request.burst, 1, 1e6, 'burst');
	requireWithin(request.count, 1, 1_000, 'count');
	requireWithin(request.horizonMs, 0, 1e9, 'horizonMs');
	return {
		bucketKey: encodeKey(request.bucketKey, 'bucketKey'),
		apply(before) {
			const { bucket, grant } = reserveSlots(before, request, now);
			return { bucket, answer: grant };
		},
	};
}

function useForSlowDown(entry: RateSlowDown, now: number): Use<number> {
	requireWithin(entry.factor, 1e-3, 1, 'factor');
	requireWithin(entry.minFactor, 1e-3, 1, 'minFactor');
	requireWithin(entry.recoverMs, 1, 1e9, 'recoverMs');
	requireWithin(entry.quietMs, 0, 1e9, 'quietMs');
	requireWithin(entry.pauseMs, 0, 1e9, 'pauseMs');
	return {
		bucketKey: encodeKey(entry.bucketKey, 'bucketKey'),
		apply(before) {
			const bucket = slowDown(before, entry, now);
			return { bucket, answer: shareOf(bucket, now) };
		},
	};
}

/** Locks the buckets, applies the uses in order and writes the buckets back. */
function* useBuckets<Answer>(uses: readonly Use<Answer>[]): Work<Answer[]> {
	const keys = [...new Set(uses.map(({ bucketKey }) => bucketKey))].sort();
	const buckets = yield* lock(keys);
	const missing = keys.filter((key) => !buckets.has(key));
	if (missing.length > 0) {
		yield* onRows(
			addStatement,
			missing.map((key) => toRow(key, freshBucket)),
		);
		for (const [key, bucket] of yield* lock(missing)) buckets.set(key, bucket);
	}
	const answers = uses.map(({ bucketKey, apply }) => {
		const { bucket, answer } = apply(buckets.get(bucketKey) ?? freshBucket);
		buckets.set(bucketKey, bucket);
		return answer;
	});
	yield* onRows(
		writeStatement,
		[...buckets].map(([key, bucket]) => toRow(key, bucket)),
	);
	return answers;
}

function* lock(keys: readonly string[]): Work<Map<string, Bucket>> {
	const rows = yield* onRows(
		readStatement,
		keys.map((bucket_key) => ({ bucket_key })),
	);
	return new Map(rows.map((row) => [readText(row, 'bucket_key'), fromRow(row)]));
}

function fromRow(row: Row): Bucket {
	return {
		fullAt: readNumber(row, 'full_at'),
		pausedUntil: readNumber(row, 'paused_until'),
		share: readNumber(row, 'share'),
		shareAt: readNumber(row, 'share_at'),
		recoverMs: readNumber(row, 'recover_ms'),
		quietUntil: readNumber(row, 'quiet_until'),
		clock: readNumber(row, 'clock'),
	};
}

function toRow(bucketKey: string, bucket: Bucket): Row {
	return {
		bucket_key: bucketKey,
		full_at: bucket.fullAt,
		paused_until: bucket.pausedUntil,
		share: bucket.share,
		share_at: bucket.shareAt,
		recover_ms: bucket.recoverMs,
		quiet_until: bucket.quietUntil,
		clock: bucket.clock,
	};
}
