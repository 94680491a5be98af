import type { ContactStore } from './contacts/contactStore';
import type { SeenEventStore } from './seenEvents/seenEventStore';
import type { ListenerStore } from './triggers/listenerStore';
import type { CounterStore } from './triggers/counterStore';
import type { RegistrationRecordStore } from './triggers/registrationRecordStore';
import type { OutboxStore } from './outbox/outboxStore';
import type { RateStore } from './rate/rateStore';
import type { ReportStore } from './reports/reportStore';
import type { StatusStore } from './statuses/statusStore';
import { dayMs, hourMs } from '../time/durations';

/**
 * What outlives an execution: one interface, two engines (embedded SQLite and PostgreSQL).
 *
 * - Everything is asynchronous and takes batches: give 1 to about 500 entries per call. Answers stand
 *   in the order of the entries. Calls that arrive together are joined into few transactions, so
 *   many callers with one entry each cost little more than one caller with many.
 * - Time is an argument, in milliseconds since 1970. A clock that jumps never makes a message go
 *   out twice; what it can do instead is said at each method.
 * - Processes share a store: n8n's main, worker and webhook processes open the same one. Their
 *   clocks may differ by a second.
 * - Times of leases and events are compared with the caller's clock; keys are plain text that the
 *   caller makes (hashed where identifiers are to be kept hashed).
 * - Every method throws `StateProblem` when the database cannot do its work, and `RangeError` when
 *   an argument has no usable form (an empty or over-long key, a number that is not finite), before
 *   anything is written. A failed call can simply be made again; the next call connects anew.
 */
export interface Store {
	readonly engine: StoreEngine;
	readonly outbox: OutboxStore;
	readonly rate: RateStore;
	readonly statuses: StatusStore;
	readonly reports: ReportStore;
	readonly seenEvents: SeenEventStore;
	readonly contacts: ContactStore;
	readonly listeners: ListenerStore;
	readonly registrationRecords: RegistrationRecordStore;
	readonly counters: CounterStore;

	/** Writes and reads back a mark, to find out before a campaign whether the store can be used. */
	check(now: number): Promise<StoreHealth>;

	/**
	 * Forgets what is older than the retention, in small batches between which other work goes on:
	 * operations and statuses of one account, since each account says for itself how long it keeps
	 * them, and everything else, whose times are the same for all accounts.
	 * Open operations stay. After the clock has leapt by more than a day (or was never seen before),
	 * nothing is deleted until it has kept going for an hour: a wrong clock must not cost the keys.
	 *
	 * @param isSteady the caller has itself seen the clock keep going for an hour; then it is trusted
	 *   also where the last purge was days ago
	 */
	purge(
		accountKey: string,
		now: number,
		retention?: Partial<Retention>,
		isSteady?: boolean,
	): Promise<PurgeResult>;

	/** Finishes what is under way and lets go of file or connections. Later calls are refused. */
	close(): Promise<void>;
}

export type StoreEngine = 'sqlite' | 'postgres';

/** Longest key in UTF-16 code units: operation IDs, which travel as `biz_opaque_callback_data`. */
export const maxOperationIdLength = 512;

/** Longest of all other keys and names in UTF-16 code units. */
export const maxKeyLength = 255;

/** Longest lease in milliseconds. A lease that seems to run longer is a clock that jumped back. */
export const maxLeaseMs = hourMs;

export interface StoreHealth {
	engine: StoreEngine;
	/** Path of the file, or `host:port/database`. Holds no secret. */
	location: string;
	schemaVersion: number;
}

/** How long things are kept after their last change, in milliseconds. */
export interface Retention {
	/** Settled operations, and open ones whose lease is dead. Expired keys go no earlier than this. */
	operationsMs: number;
	statusesMs: number;
	/** Keys of webhook events. Meta repeats a delivery for up to 7 days. */
	eventsMs: number;
	/** Last inbound message and profile of a contact. Consent, links and the like stay for good. */
	contactsMs: number;
	countersMs: number;
}

export const defaultRetention: Retention = {
	operationsMs: 90 * dayMs,
	statusesMs: 90 * dayMs,
	eventsMs: 35 * dayMs,
	contactsMs: 90 * dayMs,
	countersMs: 90 * dayMs,
};

export interface PurgeResult {
	/** True where the clock is not trusted yet and nothing was deleted. */
	skipped: boolean;
	/** Rows deleted by kind. */
	deleted: {
		operations: number;
		statuses: number;
		events: number;
		contacts: number;
		counters: number;
		buckets: number;
		listeners: number;
	};
}
