import type { OutboxEntry } from '../store/outbox/outboxStore';
import { messageResults, noResults, type MessageResult } from '../store/reports/reportStore';
import type { ReportSummary } from '../store/reports/reportStore';
import type { History } from './history';

/** The content of a delivery report, ready to be shown. */
export interface DeliveryReport {
	/** Milliseconds since 1970; null without a beginning. */
	from: number | null;
	to: number;
	/** IANA name; for all times that are shown. */
	timeZone: string;
	/** What narrows the report, by the labels of the editor. */
	filters: readonly (readonly [label: string, value: string])[];
	createdAt: number;
	summary: ReportSummary;
	history: History;
	/** The oldest of the messages whose outcome is unknown. */
	open: readonly OutboxEntry[];
}

/** Counts that belong together, each message counted once, and what they mean in shares. */
export interface ReportFigures {
	messages: number;
	results: Record<MessageResult, number>;
	/** 0 to 1; null where there is nothing to divide by. */
	rates: {
		/** Of the messages that Meta accepted. */
		delivered: number | null;
		read: number | null;
		/** Of all messages that were to go out: refused at once, or failed later. */
		failed: number | null;
	};
}

export function figuresOf({ history, summary }: DeliveryReport): ReportFigures {
	const results = noResults();
	for (const step of history.steps) {
		for (const result of messageResults) results[result] += step.results[result];
	}
	const messages = messageResults.reduce((sum, result) => sum + results[result], 0);
	const { sent: accepted, delivered, read } = summary.reached;
	return {
		messages,
		results,
		rates: {
			delivered: share(delivered, accepted),
			read: share(read, accepted),
			failed: share(results.failed, messages),
		},
	};
}

/** To four digits, which is finer than anybody reads. */
const share = (part: number, whole: number): number | null =>
	whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
