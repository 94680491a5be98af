import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../values/choice';
import { optionalText } from '../values/schema/reading';
import { report } from '../values/schema/singleStep';
import { FieldProblem } from '../values/problem';
import { optionalMoment } from '../values/timestamp';
import { isTimeZone } from '../time/hours';
import { dayMs } from '../time/durations';

const periods = [
	'all',
	'custom',
	'last24Hours',
	'last30Days',
	'last7Days',
	'lastMonth',
	'thisMonth',
	'today',
	'yesterday',
] as const;

type PeriodName = (typeof periods)[number];

const labels: Record<PeriodName, string> = {
	all: 'All Time',
	custom: 'Custom',
	last24Hours: 'Last 24 Hours',
	last30Days: 'Last 30 Days',
	last7Days: 'Last 7 Days',
	lastMonth: 'Last Month',
	thisMonth: 'This Month',
	today: 'Today',
	yesterday: 'Yesterday',
};

/**
 * The period a report covers.
 *
 * @param show extra conditions for showing the fields
 * @param without periods that make no sense for the report
 */
export function periodFields(
	show: NonNullable<INodeProperties['displayOptions']>['show'] = {},
	without: readonly PeriodName[] = [],
): INodeProperties[] {
	const offered = periods.filter((name) => !without.includes(name));
	const custom = { ...show, period: ['custom'] };
	return [
		{
			displayName: 'Period',
			name: 'period',
			type: 'options',
			options: offered
				.map((value) => ({ name: labels[value], value }))
				.sort((a, b) => a.name.localeCompare(b.name)),
			default: 'last7Days',
			description:
				'Days begin at midnight in the time zone of the workflow, or the one under Options',
			displayOptions: { show },
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Inclusive. Leave empty to start with the oldest.',
			displayOptions: { show: custom },
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'Exclusive. Leave empty for now.',
			displayOptions: { show: custom },
		},
	];
}

/** For an Options collection. */
export const timeZoneOption: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description: "The time zone in which days and months begin. Leave empty for the workflow's.",
};

export const timeZoneSchema = optionalText(64).check(({ value, issues }) => {
	if (value !== undefined && !isTimeZone(value)) {
		const message = 'is no time zone that this machine knows; write it like Europe/Berlin';
		report({ issues }, [], message);
	}
});

/** Local time in some time zone: `2026-12-31`, `2026-12-31T18:00`, or with seconds. */
interface WallTime {
	iso: string;
}

/** A moment, or local time in the chosen time zone. */
export const moment = z.unknown().transform((value, context): number | WallTime | undefined => {
	const wall = readWallTime(value);
	if (wall !== null) return wall;
	const parsed = optionalMoment.safeParse(value);
	if (parsed.success) return parsed.data;
	const message = 'must be a date or a time, such as 2026-12-31 or 2026-12-31T18:00';
	report(context, [], message, 'otherForm');
	return z.NEVER;
});

/** Members of an operation's schema. */
export const periodShape = {
	period: choiceOf(periods).default('last7Days'),
	from: moment,
	to: moment,
};

interface PeriodValues {
	period: PeriodName;
	from?: number | WallTime | undefined;
	to?: number | WallTime | undefined;
}

/** In Unix milliseconds; `from` is inclusive, `to` exclusive. A null `from` means no start. */
export interface Period {
	from: number | null;
	to: number;
}

/** @throws FieldProblem if the period ends before it begins */
export function checkPeriod(period: Period): Period {
	if (period.from === null || period.from < period.to) return period;
	throw new FieldProblem('To', 'is not later than From', 'Choose a period that has a length.');
}

/** The date of a moment in a time zone: `2026-11-26`. */
export const dateIn = (ms: number, timeZone: string): string =>
	DateTime.fromMillis(ms, { zone: timeZone }).toFormat('yyyy-LL-dd');

/** Resolves a period to moments, as of now and in a time zone. */
export function resolvePeriod(values: PeriodValues, nowMs: number, timeZone: string): Period {
	const now = DateTime.fromMillis(nowMs, { zone: timeZone });
	// Where the clocks skip midnight, the day begins at the first time they show.
	const midnight = (daysAgo: number): number =>
		now.minus({ days: daysAgo }).startOf('day').toMillis();
	const firstOfMonth = (monthsAgo: number): number =>
		now.startOf('month').minus({ months: monthsAgo }).startOf('day').toMillis();
	switch (values.period) {
		case 'all':
			return { from: null, to: nowMs };
		case 'last24Hours':
			return { from: nowMs - dayMs, to: nowMs };
		case 'today':
			return { from: midnight(0), to: nowMs };
		case 'yesterday':
			return { from: midnight(1), to: midnight(0) };
		case 'last7Days':
			return { from: midnight(6), to: nowMs };
		case 'last30Days':
			return { from: midnight(29), to: nowMs };
		case 'thisMonth':
			return { from: firstOfMonth(0), to: nowMs };
		case 'lastMonth':
			return { from: firstOfMonth(1), to: firstOfMonth(0) };
		case 'custom': {
			const toInstant = (value: number | WallTime | undefined) => instantOf(value, timeZone);
			return { from: toInstant(values.from) ?? null, to: toInstant(values.to) ?? nowMs };
		}
	}
}

/** Unix milliseconds of a moment, or of local time in a time zone. */
export const instantOf = (
	value: number | WallTime | undefined,
	timeZone: string,
): number | undefined =>
	typeof value === 'object' ? DateTime.fromISO(value.iso, { zone: timeZone }).toMillis() : value;

/** Null for a time with its own zone, and for anything that is not a time. */
function readWallTime(value: unknown): WallTime | null {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(text)) return null;
	const iso = text.replace(' ', 'T');
	return DateTime.fromISO(iso, { zone: 'utc' }).isValid ? { iso } : null;
}
