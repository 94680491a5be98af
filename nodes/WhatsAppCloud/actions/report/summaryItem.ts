import type { IDataObject } from 'n8n-workflow';
import { figuresOf, type DeliveryReport } from '../../report/report';
import { isoTime } from './messageItem';

/** The figures of a report. The names are permanent: workflows depend on them. */
export function summaryItem(report: DeliveryReport): IDataObject {
	const { messages, results, rates } = figuresOf(report);
	const { reached, duplicatesAvoided, latencies, errors, pricing } = report.summary;
	return {
		from: report.from === null ? null : isoTime(report.from),
		to: isoTime(report.to),
		timeZone: report.timeZone,
		messages,
		results,
		accepted: reached.sent,
		delivered: reached.delivered,
		read: reached.read,
		played: reached.played,
		failed: results.failed,
		unknown: results.unknown,
		duplicatesAvoided,
		rates,
		latenciesMs: {
			answer: { ...latencies.answer },
			delivered: { ...latencies.delivered },
			read: { ...latencies.read },
		},
		errors: errors.map(({ title: message, ...error }) => ({ ...error, message })),
		pricing: pricing.map((each) => ({ ...each })),
		history: {
			unit: report.history.unit,
			steps: report.history.steps.map((step) => ({
				from: isoTime(step.startAt),
				...step.results,
			})),
		},
	};
}
