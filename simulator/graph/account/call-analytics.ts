import type { JsonObject } from '../../json.ts';
import { asText, asTextList, own } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import { digitsOf } from '../../state/account.ts';
import { countryOf } from '../../state/ids.ts';
import { invalidParameter } from '../../errors/graph-error.ts';
import { readPeriod } from './message-analytics.ts';

/** Seconds per data point; days are those of UTC. */
const granularities: Readonly<Record<string, number>> = {
	HALF_HOUR: 1800,
	DAILY: 86_400,
	MONTHLY: 30 * 86_400,
};

const dimensionNames = ['COUNTRY', 'DIRECTION', 'PHONE'];

/**
 * Calls that were completed: their number, cost and average duration.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/pricing
 *
 * @param part the arguments of the field, by name
 * @throws GraphError 100
 */
export function callAnalytics(
	simulator: Simulator,
	businessAccountId: string,
	part: (name: string) => unknown,
): JsonObject {
	const { start, end } = readPeriod(part);
	const seconds = own(granularities, unquoted(asText(part('granularity')) ?? ''));
	if (seconds === undefined) {
		throw invalidParameter('Param granularity must be one of {HALF_HOUR, DAILY, MONTHLY}');
	}
	const list = (name: string): string[] => asTextList(part(name)).map(unquoted);
	const dimensions = list('dimensions');
	const unknown = dimensions.find((name) => !dimensionNames.includes(name));
	if (unknown !== undefined) throw invalidParameter(`Param dimensions knows no ${unknown}`);
	const [wantedNumbers, metrics] = [list('phone_numbers').map(digitsOf), list('metric_types')];
	const wants = (metric: string): boolean => metrics.length === 0 || metrics.includes(metric);
	const sums = new Map<string, { labels: JsonObject; count: number; cost: number; time: number }>();
	for (const number of simulator.account.phoneNumbers.values()) {
		const phone = digitsOf(number.displayPhoneNumber);
		if (number.businessAccountId !== businessAccountId) continue;
		if (wantedNumbers.length > 0 && !wantedNumbers.includes(phone)) continue;
		for (const call of number.calls) {
			if (call.startedAt < start || call.startedAt >= end) continue;
			const from = Math.floor(call.startedAt / seconds) * seconds;
			const labels: JsonObject = {
				start: from,
				end: from + seconds,
				...(dimensions.includes('COUNTRY') ? { country: countryOf(call.customer) } : {}),
				...(dimensions.includes('DIRECTION') ? { direction: call.direction } : {}),
				...(dimensions.includes('PHONE') ? { phone_number: phone } : {}),
			};
			const key = JSON.stringify(labels);
			const sum = sums.get(key) ?? { labels, count: 0, cost: 0, time: 0 };
			sum.count++;
			sum.cost += call.cost;
			sum.time += call.durationSeconds;
			sums.set(key, sum);
		}
	}
	const points = [...sums.values()].map(({ labels, count, cost, time }) => ({
		...labels,
		...(wants('COUNT') ? { count } : {}),
		...(wants('COST') ? { cost: Number(cost.toFixed(6)) } : {}),
		...(wants('AVERAGE_DURATION') ? { average_duration: Math.round(time / count) } : {}),
	}));
	return { data: points.length > 0 ? [{ data_points: points }] : [] };
}

const unquoted = (text: string): string => text.replace(/^["'[\s]+|["'\]\s]+$/g, '');
