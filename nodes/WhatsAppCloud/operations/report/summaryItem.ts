import type { IDataObject } from 'n8n-workflow';
import { figuresOf, type DeliveryReport } from '../../report/report';
import type { ItemShape } from '../../node/itemShape';
import { isoTime } from './messageItem';

const resultsShape = {
	waiting: 'integer',
	sent: 'integer',
	delivered: 'integer',
	read: 'integer',
	failed: 'integer',
	blocked: 'integer',
	unknown: 'integer',
	cancelled: 'integer',
} as const satisfies ItemShape;

const latencyShape = {
	count: 'integer',
	p50: 'number',
	p95: 'number',
	p99: 'number',
	max: 'number',
} as const satisfies ItemShape;

/** Shape of a report's item. */
export const summaryShape = {
	from: 'string',
	to: 'string',
	timeZone: 'string',
	messages: 'integer',
	results: resultsShape,
	accepted: 'integer',
	delivered: 'integer',
	read: 'integer',
	played: 'integer',
	failed: 'integer',
	unknown: 'integer',
	duplicatesAvoided: 'integer',
	rates: { delivered: 'number', read: 'number', failed: 'number' },
	latenciesMs: { answer: latencyShape, delivered: latencyShape, read: latencyShape },
	errors: [
		{ origin: 'string', code: 'integer', class: 'string', count: 'integer', message: 'string' },
	],
	pricing: [{ category: 'string', type: 'string', billable: 'boolean', count: 'integer' }],
	history: { unit: 'string', steps: [{ from: 'string', ...resultsShape }] },
} as const satisfies ItemShape;

/** A report's figures. Their names are permanent: workflows depend on them. */
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
