import type { JsonObject } from '../../json.ts';
import { asText, asTextList, own } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import { digitsOf } from '../../state/account.ts';
import { countryOf } from '../../state/ids.ts';
import { statusRank } from '../../state/messages.ts';
import { invalidParameter } from '../../errors/graph-error.ts';

/** Seconds per data point; days are those of UTC. */
const granularities: Readonly<Record<string, number>> = {
	HALF_HOUR: 1800,
	DAY: 86_400,
	MONTH: 30 * 86_400,
};

/**
 * Messages sent and delivered, per interval.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 *
 * @param part the arguments of the field, by name
 * @throws GraphError 100
 */
export function messageAnalytics(
	simulator: Simulator,
	businessAccountId: string,
	part: (name: string) => unknown,
): JsonObject {
	const { start, end } = readPeriod(part);
	const granularity = (asText(part('granularity')) ?? '').replace(/"/g, '');
	const seconds = own(granularities, granularity);
	if (seconds === undefined) {
		throw invalidParameter('Param granularity must be one of {HALF_HOUR, DAY, MONTH}');
	}
	const list = (name: string): string[] => asTextList(part(name)).map(unquoted);
	const wantedNumbers = list('phone_numbers').map(digitsOf);
	const countries = list('country_codes');
	const numbers = [...simulator.account.phoneNumbers.values()].filter(
		(number) =>
			number.businessAccountId === businessAccountId &&
			(wantedNumbers.length === 0 || wantedNumbers.includes(digitsOf(number.displayPhoneNumber))),
	);
	const ids = new Set(numbers.map(({ id }) => id));
	const points = new Map<number, { start: number; end: number; sent: number; delivered: number }>();
	for (const { chat, rank } of simulator.messages.all()) {
		const at = Math.floor(chat.timestamp / 1000);
		if (chat.author === 'customer' || !ids.has(chat.phoneNumberId)) continue;
		if (at < start || at >= end) continue;
		if (countries.length > 0 && !countries.includes(countryOf(chat.customer))) continue;
		const from = Math.floor(at / seconds) * seconds;
		const point = points.get(from) ?? { start: from, end: from + seconds, sent: 0, delivered: 0 };
		if (rank >= statusRank.sent && chat.status !== 'failed') point.sent++;
		if (rank >= statusRank.delivered && chat.status !== 'failed') point.delivered++;
		points.set(from, point);
	}
	return {
		phone_numbers: numbers.map((number) => digitsOf(number.displayPhoneNumber)),
		...(countries.length > 0 ? { country_codes: countries } : {}),
		granularity,
		data_points: [...points.values()].sort((a, b) => a.start - b.start),
	};
}

/** @throws GraphError 100 for a period that has no length */
export function readPeriod(part: (name: string) => unknown): { start: number; end: number } {
	const [start, end] = ['start', 'end'].map((name) => Number(asText(part(name)) ?? NaN));
	if (!Number.isInteger(start) || !Number.isInteger(end)) {
		throw invalidParameter('Params start and end must be UNIX timestamps');
	}
	if ((end ?? 0) <= (start ?? 0)) throw invalidParameter('Param end must be later than start');
	return { start: start ?? 0, end: end ?? 0 };
}

const unquoted = (text: string): string => text.replace(/^["'[\s]+|["'\]\s]+$/g, '');
