import { once, type Database } from './engine/database';
import { encodeInteger, encodeKey, readText } from './engine/encode';
import type { Row, SqlWriter, Statement } from './engine/statement';
import { LOOP } from './inbox/inboxStore';
import { endConfirmations } from './outbox/cancel';
import { isLiving } from './outbox/outboxRow';
import { trustClock } from './purgeClock';
import { defaultRetention, type PurgeResult, type Retention } from './store';
import { dayMs } from '../time/durations';

/** Rows deleted per statement. Kept small so that others wait only milliseconds. */
const batchSize = 500;

/** Buckets and leases unused for this long no longer matter. */
const idleMs = dayMs;

type Kind = keyof PurgeResult['deleted'];

/** Deletes rows last changed before `before`; some conditions also depend on `now` or the account. */
const ageOnly = { before: 'integer' } as const;
const ageAndNow = { ...ageOnly, now: 'integer' } as const;
const ageInAccount = { ...ageOnly, accountKey: 'text' } as const;

/**
 * Builds a statement that deletes a batch of rows matching `where` and returns one row for each, with
 * what is asked for.
 */
const deletion = (
	table: Parameters<SqlWriter['table']>[0],
	key: string,
	values: Statement['values'],
	where: (write: SqlWriter) => string,
	returning = '1 AS n',
): Statement => ({
	rows: null,
	values,
	sql: (write) => `
		DELETE FROM ${write.table(table)} WHERE (${key}) IN (
			SELECT ${key} FROM ${write.table(table)} t WHERE ${where(write)} LIMIT ${batchSize})
		RETURNING ${returning}`,
});

const statements: readonly {
	kind: Kind | null;
	age: keyof Retention | null;
	/** Whether it deletes triggers whose loop is gone: just started, a process has no loops yet. */
	isGhost?: boolean;
	statement: Statement;
}[] = [
	{ kind: null, age: null, statement: endConfirmations(batchSize) },
	{
		kind: 'operations',
		age: 'operationsMs',
		statement: deletion(
			'operations',
			'operation_id',
			{ ...ageAndNow, ...ageInAccount },
			(write) => `t.account_key = ${write.value('accountKey')}
					AND t.created_at < ${write.value('before')} AND t.updated_at < ${write.value('before')}
					AND t.expires_at < ${write.value('now')}
					AND NOT (t.state IN ('recorded', 'sending')
						AND ${isLiving(write, 't.lease_owner', write.value('now'))})`,
		),
	},
	{
		kind: 'statuses',
		age: 'statusesMs',
		statement: deletion(
			'messages',
			'message_id',
			ageInAccount,
			(write) => `t.account_key = ${write.value('accountKey')}
					AND t.first_at < ${write.value('before')} AND t.updated_at < ${write.value('before')}`,
		),
	},
	{
		kind: null,
		age: 'textsMs',
		statement: deletion(
			'texts',
			'account_key, text_id',
			ageInAccount,
			(write) => `t.account_key = ${write.value('accountKey')}
					AND t.occurred_at < ${write.value('before')}`,
		),
	},
	{
		kind: 'events',
		age: 'eventsMs',
		statement: deletion(
			'events',
			'event_id',
			ageOnly,
			(write) => `t.claimed_at < ${write.value('before')}`,
		),
	},
	{
		kind: 'deliveries',
		age: 'inboxMs',
		statement: deletion(
			'deliveries',
			'listener_id, event_id',
			ageOnly,
			(write) => `t.received_at < ${write.value('before')}`,
			'listener_id',
		),
	},
	{
		kind: null,
		age: 'inboxMs',
		statement: deletion(
			'inbox_events',
			'event_id',
			ageOnly,
			(write) => `t.received_at < ${write.value('before')}
					AND NOT EXISTS (SELECT 1 FROM ${write.table('deliveries')} d
						WHERE d.event_id = t.event_id)`,
		),
	},
	{
		kind: null,
		age: 'questionsMs',
		statement: deletion(
			'waits',
			'wait_id',
			ageOnly,
			(write) => `t.state = 'ended' AND t.updated_at < ${write.value('before')}`,
		),
	},
	{
		kind: null,
		age: 'questionsMs',
		statement: deletion(
			'questions',
			'question_id',
			ageOnly,
			(write) => `t.closed_at < ${write.value('before')}
					AND NOT EXISTS (SELECT 1 FROM ${write.table('waits')} w WHERE w.wait_id = t.wait_id)`,
		),
	},
	{
		// Loops give them up after a day and say so; this is for an app without a trigger.
		kind: null,
		age: null,
		statement: deletion(
			'forwards',
			'forward_id',
			ageOnly,
			(write) => `t.created_at < ${write.value('before')} - ${dayMs}`,
		),
	},
	{
		kind: 'contacts',
		age: 'contactsMs',
		statement: deletion(
			'contact_facts',
			'account_key, contact_key, fact, scope',
			ageOnly,
			(write) => `t.fact IN ('inbound', 'entryPoint', 'windowClosed', 'profile')
					AND t.valid_at < ${write.value('before')}`,
		),
	},
	{
		kind: 'counters',
		age: 'countersMs',
		statement: deletion(
			'counters',
			'account_key, name',
			ageOnly,
			(write) => `t.last_at < ${write.value('before')}`,
		),
	},
	{
		kind: 'buckets',
		age: null,
		statement: deletion(
			'buckets',
			'bucket_key',
			ageAndNow,
			(write) => `t.clock < ${write.value('before')} AND t.paused_until < ${write.value('now')}`,
		),
	},
	{
		kind: 'listeners',
		age: 'inboxMs',
		isGhost: true,
		statement: deletion(
			'listeners',
			'listener_id',
			ageOnly,
			(write) => `t.is_test = 0 AND t.lease_until IS NULL
					AND t.updated_at < ${write.value('before')}
					AND NOT EXISTS (SELECT 1 FROM ${write.table('leases')} w
						WHERE substr(w.owner, 1, length(t.listener_id) + ${LOOP.length + 1})
							= '${LOOP}' || t.listener_id || ':')`,
		),
	},
	{
		kind: null,
		age: 'inboxMs',
		statement: deletion(
			'leases',
			'owner',
			ageOnly,
			(write) => `t.owner LIKE '${LOOP}%' AND t.lease_until < ${write.value('before')}`,
		),
	},
	{
		kind: null,
		age: null,
		statement: deletion(
			'leases',
			'owner',
			ageOnly,
			(write) => `t.owner NOT LIKE '${LOOP}%' AND t.lease_until < ${write.value('before')}`,
		),
	},
	{
		kind: 'listeners',
		age: null,
		statement: deletion(
			'listeners',
			'listener_id',
			ageOnly,
			(write) => `t.lease_until < ${write.value('before')}`,
		),
	},
];

/**
 * Deletes whatever is past its retention, and the content of what goes no more, batch by batch, unless the clock cannot be trusted.
 * Operations, statuses and texts are purged for one account only: its credential sets how long to
 * keep them.
 */
export async function purge(
	database: Database,
	accountKey: string,
	now: number,
	retention: Partial<Retention>,
	isSteady: boolean,
): Promise<PurgeResult> {
	const account = encodeKey(accountKey, 'accountKey');
	const time = encodeInteger(now, 'now');
	const ages = { ...defaultRetention, ...retention };
	const deleted: PurgeResult['deleted'] = {
		operations: 0,
		statuses: 0,
		events: 0,
		deliveries: 0,
		contacts: 0,
		counters: 0,
		buckets: 0,
		listeners: 0,
	};
	if (!(await database.run('transaction', () => trustClock(time, isSteady)))) {
		return { skipped: true, expired: [], deleted };
	}
	const expired = new Map<string, number>();
	for (const { kind, age, isGhost = false, statement } of statements) {
		if (isGhost && !isSteady) continue;
		const ageMs = age === null ? idleMs : encodeInteger(ages[age], age);
		const before = time - ageMs;
		const all = { before, now: time, accountKey: account };
		const values = Object.fromEntries(
			Object.entries(all).filter(([name]) => Object.hasOwn(statement.values, name)),
		);
		for (let count = batchSize; count === batchSize;) {
			const rows = await database.run('steps', () => once(statement, values));
			count = rows.length;
			if (kind !== null) deleted[kind] += count;
			if (kind === 'deliveries') countByListener(rows, expired);
		}
	}
	return {
		skipped: false,
		expired: Array.from(expired, ([listenerId, events]) => ({ listenerId, events })),
		deleted,
	};
}

function countByListener(rows: readonly Row[], counts: Map<string, number>): void {
	for (const row of rows) {
		const id = readText(row, 'listener_id');
		counts.set(id, (counts.get(id) ?? 0) + 1);
	}
}
