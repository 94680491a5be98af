import { DateTime } from 'luxon';
import {
	messageResults,
	noResults,
	type MessageResult,
	type ReportPeriod,
} from '../store/reports/reportStore';
import { formatHour, monthName } from './format';
import { dayMs, minuteMs } from '../time/durations';

type HistoryUnit = 'hour' | 'day' | 'week' | 'month';

/** How far the messages of an hour, day, week or month got. */
export interface HistoryStep {
	startAt: number;
	/** Short, for an axis: `18:00`, `31 Dec`, `Dec 2026`. */
	label: string;
	results: Record<MessageResult, number>;
}

export interface History {
	unit: HistoryUnit;
	/** Oldest first, without gaps. */
	steps: HistoryStep[];
}

/** More steps of a unit than this are no longer readable side by side. */
const mostSteps = 62;

/** Every time zone's UTC offset is a multiple of this. */
const finestMs = 15 * minuteMs;

/**
 * How finely to query the store, so that its answer stays small and days still start at midnight.
 */
export function periodMsFor(from: number | null, to: number): number {
	const lengthMs = to - (from ?? 0);
	if (lengthMs <= mostSteps * dayMs) return finestMs;
	return lengthMs <= 400 * dayMs ? 4 * finestMs : dayMs;
}

/** Puts the store's counts into calendar steps in a time zone. */
export function toHistory(periods: readonly ReportPeriod[], timeZone: string): History {
	const [first] = periods;
	const last = periods.at(-1);
	if (first === undefined || last === undefined) return { unit: 'day', steps: [] };
	const unit = unitFor(last.startAt - first.startAt);
	const steps = new Map<number, HistoryStep>();
	const stepOf = (startAt: number): HistoryStep => {
		const step = { startAt, label: labelOf(startAt, unit, timeZone), results: noResults() };
		steps.set(startAt, step);
		return step;
	};
	const begin = startOf(first.startAt, unit, timeZone, 0);
	for (let at = begin; at <= last.startAt; at = startOf(at, unit, timeZone, 1)) stepOf(at);
	for (const { startAt, results } of periods) {
		const place = startOf(startAt, unit, timeZone, 0);
		const step = steps.get(place) ?? stepOf(place);
		for (const result of messageResults) step.results[result] += results[result];
	}
	return { unit, steps: [...steps.values()].sort((a, b) => a.startAt - b.startAt) };
}

function unitFor(spanMs: number): HistoryUnit {
	if (spanMs <= 2 * dayMs) return 'hour';
	if (spanMs < mostSteps * dayMs) return 'day';
	return spanMs < 7 * mostSteps * dayMs ? 'week' : 'month';
}

/** The start of the step that contains an instant, or of a later step. */
function startOf(instantMs: number, unit: HistoryUnit, timeZone: string, further: number): number {
	const start = DateTime.fromMillis(instantMs, { zone: timeZone }).startOf(unit);
	// Repeated, since a clock change may skip the midnight that starts a day, week or month.
	return start
		.plus({ [unit]: further })
		.startOf(unit)
		.toMillis();
}

function labelOf(startAt: number, unit: HistoryUnit, timeZone: string): string {
	const { year, month, day, hour, minute } = DateTime.fromMillis(startAt, { zone: timeZone });
	if (unit === 'hour') return formatHour(hour, minute);
	return unit === 'month' ? `${monthName(month)} ${year}` : `${day} ${monthName(month)}`;
}
