import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { analyticsFilterShape, analyticsFilters } from '../../fields/filters/analyticsFilters';
import {
	checkPeriod,
	periodFields,
	periodShape,
	resolvePeriod,
	timeZoneOption,
	timeZoneSchema,
} from '../../fields/period';
import { itemOf, partReader, partsOf } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { defineOperation } from '../../node/operation';
import { choiceOf } from '../../values/choice';
import { choiceList } from '../../values/list';
import { FieldProblem } from '../../values/problem';
import { isoOfMeta } from '../../values/timestamp';
import { listIn, objectOf, without } from '../../values/unknown';

/** Meta writes the intervals of messages and of calls differently. */
const intervals = {
	halfHour: { messages: 'HALF_HOUR', calls: 'HALF_HOUR' },
	day: { messages: 'DAY', calls: 'DAILY' },
	month: { messages: 'MONTH', calls: 'MONTHLY' },
} as const;

const callDimensions = ['COUNTRY', 'DIRECTION', 'PHONE'] as const;

const permission = 'whatsapp_business_management';

/**
 * Messages sent and delivered, or calls completed, per interval.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 */
export const getAnalytics = defineOperation({
	...partsOf({
		name: 'Get Analytics',
		action: 'Get analytics of messages or calls',
		description: 'Get how many messages were sent and delivered, or how many calls were made',
		permission,
		target: businessAccount,
		fields: [
			{
				displayName: 'About',
				name: 'about',
				type: 'options',
				options: [
					{ name: 'Calls', value: 'calls', description: 'Number, cost and average duration' },
					{ name: 'Messages', value: 'messages', description: 'Sent and delivered' },
				],
				default: 'messages',
			},
			...periodFields({}, ['all']),
			{
				displayName: 'Interval',
				name: 'interval',
				type: 'options',
				options: [
					{ name: 'Day', value: 'day' },
					{ name: 'Half an Hour', value: 'halfHour' },
					{ name: 'Month', value: 'month' },
				],
				default: 'day',
				description: "The length of each interval, with days as in Meta's analytics",
			},
			{
				displayName: 'Group By',
				name: 'groupBy',
				type: 'multiOptions',
				options: [
					{ name: 'Country', value: 'COUNTRY' },
					{ name: 'Direction', value: 'DIRECTION' },
					{ name: 'Phone Number', value: 'PHONE' },
				],
				default: [],
				displayOptions: { show: { about: ['calls'] } },
				description: 'Returns an item for each interval and combination',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [...analyticsFilters, timeZoneOption],
			},
		],
		shape: {
			about: choiceOf(['messages', 'calls']).default('messages'),
			...periodShape,
			interval: choiceOf(['halfHour', 'day', 'month']).default('day'),
			groupBy: choiceList(choiceOf(callDimensions)),
			options: z.preprocess(
				(value) => value ?? {},
				z.object({ ...analyticsFilterShape, timeZone: timeZoneSchema }),
			),
		},
		outputSchema: {
			from: 'string',
			to: 'string',
			sent: 'integer',
			delivered: 'integer',
			count: 'integer',
			cost: 'number',
			averageDuration: 'integer',
			country: 'string',
			direction: 'string',
			phoneNumber: 'string',
		},
	}),
	async execute(run, values) {
		const { about, interval, groupBy, options } = values;
		const id = businessAccount.idOf(run, values);
		const period = checkPeriod(
			resolvePeriod(values, Date.now(), options.timeZone ?? run.host.getTimezone()),
		);
		if (period.from === null) {
			throw new FieldProblem('From', 'is empty', 'Meta needs a beginning, at most one year back.');
		}
		const name = about === 'calls' ? 'call_analytics' : 'analytics';
		const field = [
			name,
			`.start(${Math.floor(period.from / 1000)})`,
			`.end(${Math.ceil(period.to / 1000)})`,
			`.granularity(${intervals[interval][about]})`,
			list('phone_numbers', options.phoneNumbers),
			list('country_codes', options.countryCodes),
			list('dimensions', about === 'calls' ? groupBy : []),
		].join('');
		const read = partReader({ permission, target: businessAccount }, { run, id });
		const body = await read({ query: { fields: field } });
		return pointsOf(body[name]).map((point) => ({ json: pointItem(point, about) }));
	},
});

const list = (name: string, entries: readonly string[]): string =>
	entries.length === 0 ? '' : `.${name}(${JSON.stringify(entries)})`;

/** Points of messages stand in the answer itself, those of calls one level deeper. */
function pointsOf(answer: unknown): Record<string, unknown>[] {
	const { data, data_points: points } = objectOf(answer);
	const parts = [points, ...listIn(data).map((each) => objectOf(each)['data_points'])];
	return parts.flatMap(listIn).map(objectOf);
}

function pointItem(point: Record<string, unknown>, about: 'messages' | 'calls'): IDataObject {
	const names = about === 'messages' ? ['sent', 'delivered'] : ['count', 'cost', 'averageDuration'];
	return {
		from: isoOfMeta(point['start']),
		to: isoOfMeta(point['end']),
		...Object.fromEntries(names.map((name) => [name, null])),
		...itemOf(without(point, 'start', 'end')),
	};
}
