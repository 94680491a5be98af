import { linkContacts, recordContacts, type TimedRow } from '../contacts/contactTable';
import { moveContacts, movesSince, takeOverFacts } from '../contacts/contactMoves';
import { onRows, type Work } from '../engine/database';
import { encodeInteger, encodeKey, encodeText, readText } from '../engine/encode';
import {
	columnList,
	columnsOf,
	insertRows,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import { keepForwards, type EncodedForward } from '../forwards/keepForwards';
import { pokeWaits } from '../questions/turns';
import { recordAll } from '../statuses/recordStatuses';
import type { EncodedStatus } from '../statuses/statusRow';
import { keepArrived, moveTexts } from '../texts/textTable';
import type { DueBatch, ReceivedEvent, Reception } from './inboxStore';
import { hashOf, recogniserOf, seeStatement } from './seen';
import { toBatches } from './take';

const eventColumns = {
	event_id: 'text',
	account_key: 'text',
	received_at: 'integer',
	content: 'text',
} as const satisfies Record<string, ColumnKind>;

/**
 * The update changes nothing, since the ID covers the content. It locks the event, so that whoever
 * completes its last delivery sees the new one.
 */
const eventStatement: Statement = {
	rows: eventColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'inbox_events', Object.keys(eventColumns), 'e')}
		ON CONFLICT (event_id) DO UPDATE SET content = excluded.content`,
};

const deliveryColumns = {
	listener_id: 'text',
	event_id: 'text',
	batch_id: 'text',
	place: 'integer',
	order_key: 'text',
	contact_key: 'text',
	occurred_at: 'integer',
	received_at: 'integer',
	due_at: 'integer',
	held: 'integer',
	state: 'text',
	owner: 'text',
} as const satisfies Record<string, ColumnKind>;

const deliveryStatement: Statement = {
	rows: deliveryColumns,
	values: {},
	sql: ({ table, rows, notify }) => `
		INSERT INTO ${table('deliveries')} (${columnList(Object.keys(deliveryColumns))},
			attempt, lease_until)
		SELECT ${columnsOf('r', Object.keys(deliveryColumns))}, 0, 0
		FROM ${rows} WHERE true
		ON CONFLICT (listener_id, event_id) DO NOTHING
		RETURNING ${notify('deliveries')} AS notified`,
};

/**
 * Puts off what a contact's events wait for, or ends it. What two webhooks add at once is put off
 * by each of them alone; it starts together all the same, since `take` joins what waits.
 */
const holdStatement: Statement = {
	rows: {
		listener_id: 'text',
		contact_key: 'text',
		due_at: 'integer',
		longest_ms: 'integer',
		most_events: 'integer',
		is_last: 'integer',
	},
	values: {},
	sql: ({ table, rows }) => {
		const waiting = `FROM ${table('deliveries')} x WHERE x.listener_id = r.listener_id
			AND x.contact_key = r.contact_key AND x.held = 1 AND x.state = 'waiting'`;
		const latest = `(SELECT MIN(x.received_at) ${waiting}) + r.longest_ms`;
		return `
		UPDATE ${table('deliveries')} AS d SET due_at = CASE
			WHEN d.due_at = 0 OR r.is_last = 1 THEN 0
			WHEN (SELECT COUNT(*) ${waiting}) >= r.most_events THEN 0
			WHEN r.due_at < ${latest} THEN r.due_at
			ELSE ${latest} END
		FROM ${rows}
		WHERE d.listener_id = r.listener_id AND d.contact_key = r.contact_key
			AND d.held = 1 AND d.state = 'waiting'`;
	},
};

/** Something of the same order that no loop has taken yet, and that therefore comes first. */
const waitingStatement: Statement = {
	rows: { listener_id: 'text', order_key: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.listener_id, r.order_key FROM ${rows} WHERE EXISTS (
			SELECT 1 FROM ${table('deliveries')} d
			WHERE d.listener_id = r.listener_id AND d.state = 'waiting'
				AND d.order_key = r.order_key)`,
};

/** A webhook, ready for the database. */
interface Arrival {
	statuses: readonly EncodedStatus[];
	contacts: readonly TimedRow[];
	links: readonly TimedRow[];
	moves: readonly Row[];
	events: readonly EncodedEvent[];
	arrivedTexts: readonly Row[];
	changedTexts: readonly Row[];
	forwards: readonly EncodedForward[];
	/** Recognise the events whose answers other workflows get as well. */
	sharedIds: readonly string[];
	answeredWaits: readonly string[];
}

interface EncodedEvent {
	row: Row & { event_id: string };
	deliveries: EncodedDelivery[];
}

type EncodedDelivery = Row & {
	listener_id: string;
	batch_id: string;
	seen_id: string;
	order_key: string;
	contact_key: string | null;
	state: string;
	/** The loop that gets it; empty: it waits for one. */
	owner: string;
};

/** Events this process has received: tells the order of those of one millisecond. */
let received = 0;

/**
 * @param mayGive whether loops that are named get what arrives
 * @throws RangeError if a key is empty or too long.
 */
export function encodeEvent(event: ReceivedEvent, now: number, mayGive: boolean): EncodedEvent {
	const place = received++;
	// Two apps may bring the same event, each encrypted under its own secret or not at all.
	const event_id = hashOf(event.accountKey, event.eventKey, event.content);
	const received_at = encodeInteger(now, 'now');
	return {
		row: {
			event_id,
			account_key: encodeKey(event.accountKey, 'accountKey'),
			received_at,
			content: encodeText(event.content),
		},
		deliveries: event.deliveries.map(({ listenerId, batchId, dueAt, hold, loop }) => ({
			listener_id: encodeKey(listenerId, 'listenerId'),
			event_id,
			seen_id: hashOf(recogniserOf(listenerId), event.eventKey),
			batch_id: encodeKey(batchId, 'batchId'),
			place,
			order_key: encodeKey(event.orderKey, 'orderKey'),
			contact_key: encodeText(event.contactKey),
			occurred_at: encodeInteger(event.occurredAt, 'occurredAt'),
			received_at,
			due_at: encodeInteger(dueAt, 'dueAt'),
			held: Number(hold !== undefined),
			state: 'waiting',
			owner: mayGive && hold === undefined && dueAt === 0 ? (loop ?? '') : '',
			longest_ms: hold?.longestMs ?? null,
			most_events: hold?.mostEvents ?? null,
			is_last: hold === undefined ? null : Number(hold.isLast),
		})),
	};
}

export function* receiveAll(arrival: Arrival, now: number): Work<Reception> {
	yield* recordAll(arrival.statuses);
	yield* recordContacts(arrival.contacts);
	yield* linkContacts(arrival.links);
	yield* moveContacts(arrival.moves);
	yield* keepArrived(arrival.arrivedTexts, arrival.changedTexts);
	// Afterwards: the webhook may bring older messages of the same person as well.
	yield* moveTexts(arrival.moves);
	yield* moveLate(arrival);

	const firsts = new Map<string, EncodedDelivery>();
	for (const { deliveries } of arrival.events) {
		for (const row of deliveries) if (!firsts.has(row.seen_id)) firsts.set(row.seen_id, row);
	}
	// All processes lock the rows in the same order, so that they cannot deadlock.
	const seen = [
		...Array.from(firsts, ([id, row]) => [id, row.batch_id] as const),
		...arrival.forwards.map((row) => [row.forward_id, ''] as const),
		...arrival.sharedIds.map((id) => [id, ''] as const),
	]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([event_id, claim_id]) => ({ event_id, claim_id, claimed_at: now }));
	const added = new Set(
		(yield* onRows(seeStatement, seen)).map((row) => readText(row, 'event_id')),
	);
	const isNew = (row: Row & { seen_id: string }): boolean =>
		added.has(row.seen_id) && firsts.get(row.seen_id) === row;

	const events = arrival.events.filter(({ deliveries }) => deliveries.some(isNew));
	const sorted = events.map(({ row }) => row).sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
	yield* onRows(eventStatement, sorted);
	const deliveries = events.flatMap((event) => event.deliveries.filter(isNew));
	const given = yield* giveToLoops(deliveries);
	const rows = deliveries.map((row) =>
		given.has(row.batch_id) ? { ...row, state: 'emitted' } : { ...row, owner: '' },
	);
	yield* onRows(deliveryStatement, rows);
	yield* onRows(holdStatement, lastOfEachContact(deliveries));
	yield* keepForwards(arrival.forwards, added);
	yield* pokeWaits(arrival.answeredWaits);
	return {
		isOutdated: false,
		areNew: arrival.events.map((event) => event.deliveries.map(isNew)),
		given: batchesByOwner(rows.filter(({ state }) => state === 'emitted')),
	};
}

/** What arrives under a former number after Meta has told of the new one goes there, too. */
function* moveLate({ contacts, arrivedTexts, changedTexts }: Arrival): Work<void> {
	const texts = [...arrivedTexts, ...changedTexts].map((row) => ({
		...row,
		valid_at: row['occurred_at'] ?? null,
	}));
	const moves = yield* movesSince([...contacts.map(({ row }) => row), ...texts]);
	yield* takeOverFacts(moves);
	yield* moveTexts(moves);
}

/** Chooses the batches that loops get at once: whole ones, of which nothing waits behind others. */
function* giveToLoops(deliveries: readonly EncodedDelivery[]): Work<ReadonlySet<string>> {
	const wanted = deliveries.filter(({ owner }) => owner !== '');
	const orderOf = (row: Row): string => `${row['listener_id'] ?? ''}\n${row['order_key'] ?? ''}`;
	const waiting = new Set((yield* onRows(waitingStatement, wanted)).map(orderOf));
	const left = new Set(
		deliveries
			.filter((row) => row.owner === '' || waiting.has(orderOf(row)))
			.map(({ batch_id }) => batch_id),
	);
	return new Set(wanted.map(({ batch_id }) => batch_id).filter((id) => !left.has(id)));
}

function batchesByOwner(rows: readonly EncodedDelivery[]): Map<string, DueBatch[]> {
	const owners = new Set(rows.map(({ owner }) => owner));
	return new Map(
		Array.from(owners, (owner) => [owner, toBatches(rows.filter((row) => row.owner === owner))]),
	);
}

/** One row for each contact whose events wait, in the order in which all processes lock. */
function lastOfEachContact(deliveries: readonly EncodedDelivery[]): Row[] {
	const last = new Map<string, Row>();
	for (const row of deliveries) {
		if (row['held'] !== 1) continue;
		const key = `${row.listener_id}\n${row.contact_key ?? ''}`;
		const isLast = row['is_last'] === 1 || last.get(key)?.['is_last'] === 1;
		last.set(key, { ...row, is_last: Number(isLast) });
	}
	return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
