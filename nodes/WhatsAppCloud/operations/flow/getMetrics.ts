import type { IDataObject } from 'n8n-workflow';
import { checkPeriod, dateIn, periodFields, periodShape, resolvePeriod } from '../../fields/period';
import { partsOf } from '../../node/management/graphOperation';
import { defineOperation } from '../../node/operation';
import { choiceOf } from '../../values/choice';
import { isoOfMeta } from '../../values/timestamp';
import { listIn, objectOf } from '../../values/unknown';
import { flow, flowPermission, onFlow } from './flowTarget';

const metrics = [
	'ENDPOINT_AVAILABILITY',
	'ENDPOINT_REQUEST_COUNT',
	'ENDPOINT_REQUEST_ERROR',
	'ENDPOINT_REQUEST_ERROR_RATE',
	'ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL',
] as const;

const granularities = ['DAY', 'HOUR', 'LIFETIME'] as const;

/**
 * Figures about the endpoint of a Flow.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/metrics_api
 */
export const getMetrics = defineOperation({
	...partsOf({
		name: 'Get Metrics',
		action: 'Get Flow metrics',
		description: "Get Meta's figures about the endpoint of a Flow, an item per day or hour",
		permission: flowPermission,
		target: flow,
		fields: [
			{
				displayName: 'Metric',
				name: 'metric',
				type: 'options',
				options: [
					{
						name: 'Availability',
						value: 'ENDPOINT_AVAILABILITY',
						description: 'Requests that succeeded and failed',
					},
					{
						name: 'Durations',
						value: 'ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL',
						description: 'Requests by their duration, in seconds rounded up',
					},
					{ name: 'Error Rate', value: 'ENDPOINT_REQUEST_ERROR_RATE' },
					{
						name: 'Errors',
						value: 'ENDPOINT_REQUEST_ERROR',
						description: 'Requests that failed, by reason',
					},
					{ name: 'Requests', value: 'ENDPOINT_REQUEST_COUNT' },
				],
				default: 'ENDPOINT_REQUEST_COUNT',
			},
			{
				displayName: 'Interval',
				name: 'granularity',
				type: 'options',
				options: [
					{ name: 'Day', value: 'DAY', description: 'At most 90 days back' },
					{ name: 'Hour', value: 'HOUR', description: 'At most 30 days back' },
					{ name: 'Whole Lifetime', value: 'LIFETIME' },
				],
				default: 'DAY',
			},
			...periodFields({ granularity: ['DAY', 'HOUR'] }, ['all']),
		],
		shape: {
			metric: choiceOf(metrics).default('ENDPOINT_REQUEST_COUNT'),
			granularity: choiceOf(granularities).default('DAY'),
			...periodShape,
		},
		outputSchema: {
			flowId: 'string',
			metric: 'string',
			granularity: 'string',
			from: 'string',
			value: 'number',
			values: {},
		},
	}),
	async execute(run, values) {
		const { flow: id, metric, granularity } = values;
		const days = granularity === 'LIFETIME' ? '' : periodOf(values, run.host.getTimezone());
		const { body } = await run.graph.call({
			method: 'GET',
			...onFlow(run, id),
			query: { fields: `metric.name(${metric}).granularity(${granularity})${days}` },
		});
		const points = objectOf(objectOf(body)['metric'])['data_points'];
		return listIn(points).map((point) => ({
			json: { flowId: id, metric, granularity, ...pointOf(objectOf(point)) },
		}));
	},
});

/** `.since(2026-11-01).until(2026-11-20)`; Meta takes days. */
function periodOf(values: Parameters<typeof resolvePeriod>[0], timeZone: string): string {
	const { from, to } = checkPeriod(resolvePeriod(values, Date.now(), timeZone));
	const day = (timeMs: number): string => dateIn(timeMs, timeZone);
	return `${from === null ? '' : `.since(${day(from)})`}.until(${day(to)})`;
}

/** A metric has one figure, or several by name: `value` or `values`. */
function pointOf({ timestamp, data }: Record<string, unknown>): IDataObject {
	const values = Object.fromEntries(
		listIn(data)
			.map(objectOf)
			.map(({ key, value }) => [String(key), value as number]),
	);
	const { value, ...others } = values;
	return { from: isoOfMeta(timestamp), value: value ?? null, values: others };
}
