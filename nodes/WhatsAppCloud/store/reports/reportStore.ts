import type { EntryFilter, OutboxEntry, EntryState } from '../outbox/outboxStore';
import type { MessageTimeline } from '../statuses/statusStore';
import type { Page, PageRequest } from '../page';

/**
 * How far a message came. Each message counts for one:
 * - `waiting`: recorded or being sent.
 * - `sent`: accepted by Meta, nothing heard since. `delivered`, `read` (or played): by its statuses.
 * - `failed`: refused by Meta, at once or by a later status.
 * - `blocked`, `cancelled`, `unknown`: as the send said.
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

/** A count of none for each result. */
export function noResults(): Record<MessageResult, number> {
	const none = messageResults.map((result) => [result, 0]);
	return Object.fromEntries(none) as Record<MessageResult, number>;
}

/** How far the messages came that were created in a stretch of time. */
export interface ReportPeriod {
	/** A whole multiple of the length that was asked for, in milliseconds since 1970. */
	startAt: number;
	results: Record<MessageResult, number>;
}

/** One outgoing message with what became of it; `timeline` is null before its first status. */
export interface ReportRow {
	operation: OutboxEntry;
	timeline: MessageTimeline | null;
}

/** Nearest-rank percentiles in milliseconds; null where nothing was measured. */
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
	/** Second sends that were answered with the first one. */
	duplicatesAvoided: number;
	latencies: {
		/** From request to Meta's answer. */
		answer: Percentiles;
		/** From Meta's acceptance to the handset. */
		delivered: Percentiles;
		/** From Meta's acceptance to reading. */
		read: Percentiles;
	};
	/** Why operations failed at once, and why accepted messages failed later; most frequent first. */
	errors: {
		origin: 'answer' | 'status';
		code: number | null;
		class: string | null;
		title: string | null;
		count: number;
	}[];
	/** By Meta's `pricing` in the statuses of these messages. */
	pricing: PricingCount[];
}

export interface PricingCount {
	category: string | null;
	type: string | null;
	billable: boolean | null;
	count: number;
}

export interface ReportStore {
	/** The messages, oldest first or newest first; of some results only where any are named. */
	messages(
		request: EntryFilter &
			PageRequest & { results?: readonly MessageResult[]; newestFirst?: boolean },
	): Promise<Page<ReportRow>>;

	summary(filter: EntryFilter): Promise<ReportSummary>;

	/**
	 * Counts by time of creation, in stretches of equal length; empty ones are left out.
	 *
	 * @param request.periodMs at least 60,000
	 */
	history(request: EntryFilter & { periodMs: number }): Promise<ReportPeriod[]>;

	/** All messages of the account with a pricing, also those that something else sent. */
	pricing(filter: {
		accountKey: string;
		/** First status at or after. */
		from?: number;
		/** First status before. */
		to?: number;
		phoneNumberId?: string;
	}): Promise<PricingCount[]>;
}
