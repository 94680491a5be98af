import type { OutboxEntry, EntryState } from '../outbox/outboxEntry';
import type { EntryFilter } from '../outbox/outboxStore';
import type { MessageTimeline } from '../statuses/statusStore';
import type { Page, PageRequest } from '../page';

/**
 * How far a message got. Each message counts once:
 * - `waiting`: recorded or being sent.
 * - `sent`: accepted by Meta, no news since. `delivered`, `read` (or played): by its statuses.
 * - `failed`: refused by Meta, at once or by a later status.
 * - `blocked`, `cancelled`, `unknown`: as reported when sending.
 */
export const messageResults = [
	'waiting',
	'sent',
	'delivered',
	'read',
	'failed',
	'blocked',
	'unknown',
	'cancelled',
] as const;

export type MessageResult = (typeof messageResults)[number];

/** A zero count for each result. */
export function noResults(): Record<MessageResult, number> {
	const none = messageResults.map((result) => [result, 0]);
	return Object.fromEntries(none) as Record<MessageResult, number>;
}

/** Results of the messages created in one period. */
export interface ReportPeriod {
	/** A multiple of the requested length, in milliseconds since 1970. */
	startAt: number;
	results: Record<MessageResult, number>;
}

/** An outgoing message and what became of it; `timeline` is null before its first status. */
export interface ReportRow {
	operation: OutboxEntry;
	timeline: MessageTimeline | null;
}

/** Nearest-rank percentiles in milliseconds; null if nothing was measured. */
export interface Percentiles {
	count: number;
	p50: number | null;
	p95: number | null;
	p99: number | null;
	max: number | null;
}

export interface ReportSummary {
	/** Operations by their outcome. */
	outcomes: Record<EntryState, number>;
	/** Messages that reached at least this status. */
	reached: { sent: number; delivered: number; read: number; played: number; failed: number };
	/** Repeated sends that got the first one as their answer. */
	duplicatesAvoided: number;
	latencies: {
		/** From request to Meta's answer. */
		answer: Percentiles;
		/** From Meta's acceptance to the handset. */
		delivered: Percentiles;
		/** From Meta's acceptance to reading. */
		read: Percentiles;
	};
	/**
	 * Why operations failed immediately and why accepted messages failed later; most frequent first.
	 */
	errors: {
		origin: 'answer' | 'status';
		code: number | null;
		class: string | null;
		title: string | null;
		count: number;
	}[];
	/** From Meta's `pricing` in the statuses of these messages. */
	pricing: PricingCount[];
}

export interface PricingCount {
	category: string | null;
	type: string | null;
	billable: boolean | null;
	count: number;
}

export interface ReportStore {
	/**
	 * Lists messages, oldest or newest first; if `results` names any, only those with these results.
	 */
	messages(
		request: EntryFilter &
			PageRequest & { results?: readonly MessageResult[]; newestFirst?: boolean },
	): Promise<Page<ReportRow>>;

	summary(filter: EntryFilter): Promise<ReportSummary>;

	/**
	 * Counts by time of creation, in periods of equal length; leaves out empty ones.
	 *
	 * @param request.periodMs at least 60,000
	 */
	history(request: EntryFilter & { periodMs: number }): Promise<ReportPeriod[]>;

	/** All of the account's messages with a pricing, including those that something else sent. */
	pricing(filter: {
		accountKey: string;
		/** First status at or after. */
		from?: number;
		/** First status before. */
		to?: number;
		phoneNumberId?: string;
	}): Promise<PricingCount[]>;
}
