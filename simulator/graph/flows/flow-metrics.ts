import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { EndpointDay, Flow } from '../../state/flows.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import type { Field } from '../fields.ts';

/** Meta shows no metrics of fewer requests. */
const minRequests = 250;
const dayMs = 86_400_000;

/** What the data points of each metric are made of. */
const metrics: Readonly<Record<string, (days: readonly EndpointDay[]) => JsonObject>> = {
	ENDPOINT_REQUEST_COUNT: (days) => ({ value: total(days, ({ requests }) => requests) }),
	ENDPOINT_REQUEST_ERROR: (days) => sums(days.map(({ errors }) => errors)),
	ENDPOINT_REQUEST_ERROR_RATE: (days) => ({
		value:
			total(days, failures) /
			Math.max(
				1,
				total(days, ({ requests }) => requests),
			),
	}),
	ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL: (days) => sums(days.map(({ seconds }) => seconds)),
	ENDPOINT_AVAILABILITY: (days) => ({
		succeeded: total(days, (day) => day.requests - failures(day)),
		failed: total(days, failures),
	}),
};

/** Longest period by granularity, in days. */
const periods: Readonly<Record<string, number>> = { DAY: 90, HOUR: 30, LIFETIME: Infinity };

/**
 * `metric.name(…).granularity(…).since(…).until(…)` of a Flow.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/metrics_api
 * @throws GraphError 100, or 139006 if the endpoint was asked too seldom
 */
export function flowMetric(simulator: Simulator, flow: Flow, { modifiers }: Field): JsonObject {
	const name = modifiers.get('name') ?? '';
	const granularity = modifiers.get('granularity') ?? 'DAY';
	const measure = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
	if (!measure) {
		throw invalidParameter(`Param name must be one of {${Object.keys(metrics).join(', ')}}`);
	}
	const maxDays = Object.hasOwn(periods, granularity) ? periods[granularity] : undefined;
	if (maxDays === undefined) {
		throw invalidParameter(`Param granularity must be one of {${Object.keys(periods).join(', ')}}`);
	}
	const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
	const until = dateOf(modifiers.get('until'), 'until') ?? today;
	const since = dateOf(modifiers.get('since'), 'since') ?? '2020-01-01';
	if (Date.parse(since) < Date.parse(today) - maxDays * dayMs && modifiers.has('since')) {
		throw invalidParameter(`Param since must be at most ${maxDays} days ago for ${granularity}`);
	}
	const days = flow.endpointDays.filter(({ date }) => date >= since && date <= until);
	if (total(days, ({ requests }) => requests) < minRequests) throw new GraphError(139006);
	const parts = granularity === 'LIFETIME' ? [days] : days.map((day) => [day]);
	return {
		name,
		granularity,
		data_points: parts.map((part) => ({
			timestamp: `${part[0]?.date ?? since}T08:00:00+0000`,
			data: Object.entries(measure(part)).map(([key, value]) => ({ key, value })),
		})),
	};
}

function dateOf(text: string | undefined, name: string): string | undefined {
	if (text === undefined) return undefined;
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
		throw invalidParameter(`Param ${name} must be a date as YYYY-MM-DD`);
	}
	return text;
}

const failures = ({ errors }: EndpointDay): number =>
	Object.values(errors).reduce((sum, count) => sum + count, 0);

const total = (days: readonly EndpointDay[], of: (day: EndpointDay) => number): number =>
	days.reduce((sum, day) => sum + of(day), 0);

function sums(records: readonly Record<string, number>[]): JsonObject {
	const result: Record<string, number> = {};
	for (const record of records) {
		for (const [key, count] of Object.entries(record)) result[key] = (result[key] ?? 0) + count;
	}
	return result;
}
