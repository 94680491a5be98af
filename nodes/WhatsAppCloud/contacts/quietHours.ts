import {
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { isWithinHours, timeOfDayAfter, type OpeningHours } from '../time/hours';
import { hourMs, minuteMs } from '../time/durations';
import type { QuietHours } from './rules/rules';

/** Quiet hours that follow on each other for longer than this never end. */
const longestMs = 8 * 24 * hourMs;

/**
 * When the quiet hours end that a person is within. In a country with several time zones, they last
 * as long as it is quiet in one of them.
 *
 * @param address `+` and digits, or a user ID, which begins with its country
 * @param now in milliseconds since 1970
 * @returns null outside of them
 * @throws RangeError if this machine does not know the time zone
 */
export function endOfQuiet(quiet: QuietHours, address: string, now: number): number | null {
	const known = quiet.timeZone === null ? zonesOf(address) : [quiet.timeZone];
	const zones = known.length === 0 ? [quiet.otherwise] : known;
	const minute = Math.floor(now / minuteMs);
	const key = JSON.stringify([quiet.from, quiet.to, quiet.days, zones]);
	const found = ends.get(key);
	if (found?.minute === minute) return found.end;
	const end = endIn(zones, quiet, now);
	if (ends.size >= mostEnds) ends.clear();
	ends.set(key, { minute, end });
	return end;
}

/** The answers of this minute: a run asks the same for all people of a country. */
const ends = new Map<string, { minute: number; end: number | null }>();

const mostEnds = 1_000;

function endIn(zones: readonly string[], quiet: QuietHours, now: number): number | null {
	const hours = zones.map((timeZone): OpeningHours => ({
		outside: false,
		fromMinute: quiet.from,
		toMinute: quiet.to,
		weekdays: new Set(quiet.days),
		timeZone,
	}));
	let at = now;
	for (;;) {
		const quietThere = hours.filter((each) => isWithinHours(each, at));
		if (quietThere.length === 0) return at === now ? null : at;
		if (at - now > longestMs) return at;
		const moment = at;
		const nextEnds = quietThere.map(({ toMinute, timeZone }) =>
			timeOfDayAfter(toMinute, timeZone, moment),
		);
		at = Math.max(Math.min(...nextEnds), at + minuteMs);
	}
}

/** The countries whose numbers may not tell which of those that share +1 it is. */
const countryOfNorthAmerica = 'US';

/** ISO code of the country of a number or user ID; null if nothing tells it. */
function countryOf(address: string): string | null {
	const ofUserId = /^([A-Z]{2})\./.exec(address)?.[1];
	if (ofUserId !== undefined) return ofUserId;
	const sole = soleCountryOf(address);
	if (sole !== undefined) return sole;
	const number = parsePhoneNumberFromString(address);
	if (number?.country !== undefined) return number.country;
	return number?.countryCallingCode === '1' ? countryOfNorthAmerica : null;
}

/** Longest calling code, in digits. */
const longestCode = 3;

/** Countries by calling code; null for a code that several share. */
const countries = new Map<string, string | null>();

/**
 * The only country with the number's calling code. Most codes have one, which saves parsing the
 * number.
 */
function soleCountryOf(address: string): string | undefined {
	if (countries.size === 0) {
		for (const country of getCountries()) {
			const code = getCountryCallingCode(country);
			countries.set(code, countries.has(code) ? null : country);
		}
	}
	for (let length = 1; length <= longestCode; length++) {
		const country = countries.get(address.slice(1, 1 + length));
		if (country !== undefined) return country ?? undefined;
	}
	return undefined;
}

const zonesByCountry = new Map<string, string[]>();

/** The time zones of a person's country; empty if it is not known. */
export function zonesOf(address: string): string[] {
	const country = countryOf(address);
	if (country === null) return [];
	const known = zonesByCountry.get(country) ?? readZones(country);
	zonesByCountry.set(country, known);
	return known;
}

/** Node.js 22 has them as a member, later ones as a method. */
type LocaleWithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?(): string[] };

function readZones(country: string): string[] {
	const locale = new Intl.Locale(`und-${country}`) as LocaleWithZones;
	const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
	return onePerOffset(zones);
}

/** Zones that keep the same time in winter and in summer are one. */
function onePerOffset(zones: readonly string[]): string[] {
	const found = new Map(zones.map((zone) => [offsets(zone), zone]));
	return [...found.values()];
}

const offsets = (timeZone: string): string => {
	const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
	return [0, 6]
		.map((month) => format.format(Date.UTC(2026, month, 15)).replace(/^\S+\s/, ''))
		.join(' ');
};
