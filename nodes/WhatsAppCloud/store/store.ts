import type { ContactStore } from './contacts/contactStore';
import type { ForwardStore } from './forwards/forwardStore';
import type { InboxStore } from './inbox/inboxStore';
import type { ListenerStore } from './triggers/listenerStore';
import type { CounterStore } from './triggers/counterStore';
import type { RegistrationRecordStore } from './triggers/registrationRecordStore';
import type { PersonStore } from './people/personStore';
import type { QuestionStore } from './questions/questionStore';
import type { OutboxStore } from './outbox/outboxStore';
import type { RateStore } from './rate/rateStore';
import type { ReportStore } from './reports/reportStore';
import type { StatusStore } from './statuses/statusStore';
import type { TextStore } from './texts/textStore';
import { dayMs, hourMs } from '../time/durations';

/**
 * What outlives an execution: one interface, two engines (embedded SQLite and PostgreSQL).
 *
 * - Everything is asynchronous and takes batches: pass 1 to about 500 entries per call. Answers are
 *   in the order of the entries. Concurrent calls are joined into a few transactions, so many
 *   callers with one entry each cost little more than one caller with many.
 * - Time is an argument, in milliseconds since 1970. A clock that jumps never makes a message go
 *   out twice; each method says what it can do instead.
 * - Processes share a store: n8n's main, worker and webhook processes open the same one. Their
 *   clocks may differ by a second.
 * - Times of leases and events are compared with the caller's clock. Keys are plain text made by
 *   the caller, hashed if identifiers must be stored hashed.
 * - Every method throws `StateProblem` if the database cannot do its work, and `RangeError`, before
 *   anything is written, if an argument is invalid (an empty or over-long key, a number that is not
 *   finite). A failed call can simply be repeated; the next call reconnects.
 */
export interface Store {
	readonly engine: StoreEngine;
	readonly outbox: OutboxStore;
	readonly rate: RateStore;
	readonly statuses: StatusStore;
	readonly reports: ReportStore;
	readonly inbox: InboxStore;
	readonly forwards: ForwardStore;
	readonly contacts: ContactStore;
	readonly listeners: ListenerStore;
	readonly registrationRecords: RegistrationRecordStore;
	readonly counters: CounterStore;
	readonly questions: QuestionStore;
	readonly people: PersonStore;
	readonly texts: TextStore;

	/** Writes a mark and reads it back, to find out before a campaign whether the store works. */
	check(now: number): Promise<StoreHealth>;

	/**
	 * Deletes what is older than the retention, in small batches between which other work goes on:
	 * one account's operations, statuses and texts, since each account sets how long to keep them,
	 * and everything else, whose retention is the same for all accounts. Open operations stay. After the
	 * clock has jumped by more than a day (or on first use), nothing is deleted until the clock has
	 * run steadily for an hour: a wrong clock must not cost the keys.
	 *
	 * @param isSteady the caller itself has seen the clock run steadily for an hour; then it is
	 *   trusted even if the last purge was days ago
	 */
	purge(
		accountKey: string,
		now: number,
		retention?: Partial<Retention>,
		isSteady?: boolean,
	): Promise<PurgeResult>;

	/**
	 * Whether the clock was set back within these days, as the state can tell by the time that it had
	 * at a purge. Then nobody knows how long ago something was, such as a person's last message.
	 */
	clockWasSetBack: (now: number) => Promise<boolean>;

	/** Finishes work in progress and closes the file or connections. Later calls are refused. */
	close(): Promise<void>;
}

export type StoreEngine = 'sqlite' | 'postgres';

/** Longest operation ID in UTF-16 code units. It travels as `biz_opaque_callback_data`. */
export const maxOperationIdLength = 512;

/** Longest of any other key or name in UTF-16 code units. */
export const maxKeyLength = 255;

/** Longest lease in milliseconds. If a lease seems to run longer, the clock has jumped back. */
export const maxLeaseMs = hourMs;

export interface StoreHealth {
	engine: StoreEngine;
	/** Path of the file, or `host:port/database`. Contains no secret. */
	location: string;
	schemaVersion: number;
}

/** How long things are kept after their last change, in milliseconds. */
export interface Retention {
	/**
	 * Completed operations, and open ones whose lease has ended. Expired keys are kept at least this
	 * long.
	 */
	operationsMs: number;
	statusesMs: number;
	/** Keys of webhook events. Meta repeats a delivery for up to 7 days. */
	eventsMs: number;
	/** Events that no trigger has fetched: its workflow is unpublished, or its n8n is gone. */
	inboxMs: number;
	/**
	 * Last inbound message, entry point and profile of a contact. Consent, links and the like stay
	 * forever.
	 */
	contactsMs: number;
	countersMs: number;
	/** Questions and their answers' states, once their execution has gone on. Texts go at once. */
	questionsMs: number;
	/** What people and the business have written, for accounts that keep it. */
	textsMs: number;
}

export const defaultRetention: Retention = {
	operationsMs: 90 * dayMs,
	statusesMs: 90 * dayMs,
	eventsMs: 35 * dayMs,
	inboxMs: 7 * dayMs,
	contactsMs: 90 * dayMs,
	countersMs: 90 * dayMs,
	questionsMs: 90 * dayMs,
	textsMs: 30 * dayMs,
};

export interface PurgeResult {
	/** True if the clock is not trusted yet and nothing was deleted. */
	skipped: boolean;
	/** The events among the deliveries that no execution had fetched, by trigger. */
	expired: { listenerId: string; events: number }[];
	/** Rows deleted by kind. */
	deleted: {
		operations: number;
		statuses: number;
		events: number;
		deliveries: number;
		contacts: number;
		counters: number;
		buckets: number;
		listeners: number;
	};
}
