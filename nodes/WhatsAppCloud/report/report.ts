import type { OutboxEntry } from '../store/outbox/outboxEntry';
import { messageResults, noResults, type MessageResult } from '../store/reports/reportStore';
import type { ReportSummary } from '../store/reports/reportStore';
import type { History } from './history';

/** The content of a delivery report, ready to be shown. */
export interface DeliveryReport {
	/** Milliseconds since 1970; null if there is no start. */
	from: number | null;
	to: number;
	/** IANA name, for all times shown. */
	timeZone: string;
	/** What narrows the report, with the editor's labels. */
	filters: readonly (readonly [label: string, value: string])[];
	createdAt: number;
	summary: ReportSummary;
	history: History;
	/** The oldest messages with an unknown outcome. */
	open: readonly OutboxEntry[];
}

/** Counts that belong together, with each message counted once, and their shares. */
export interface ReportFigures {
	messages: number;
	results: Record<MessageResult, number>;
	/** 0 to 1; null if there is nothing to divide by. */
	rates: {
		/** Of the messages that Meta accepted. */
		delivered: number | null;
		read: number | null;
		/** Of all messages to be sent: refused immediately or failed later. */
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

/** Rounded to four digits, which is finer than anyone reads. */
const share = (part: number, whole: number): number | null =>
	whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
