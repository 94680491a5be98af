import type { OperationFilter, OperationRecord, OperationState } from '../operations/operation';
import type { MessageTimeline } from '../statuses/status';
import type { Page, PageRequest } from '../page';

/** One outgoing message with what became of it; `timeline` is null before its first status. */
export interface ReportRow {
	operation: OperationRecord;
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
	outcomes: Record<OperationState, number>;
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
	errors: Array<{
		origin: 'answer' | 'status';
		code: number | null;
		class: string | null;
		title: string | null;
		count: number;
	}>;
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
	/** The messages, oldest first. */
	messages(request: OperationFilter & PageRequest): Promise<Page<ReportRow>>;

	summary(filter: OperationFilter): Promise<ReportSummary>;

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
