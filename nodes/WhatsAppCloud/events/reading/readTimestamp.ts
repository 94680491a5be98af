import { readNumber, type JsonValue } from './lenientJson';

/** Meta sends seconds; from this number on (the year 5138 in seconds) it means milliseconds. */
const FIRST_MILLISECOND_VALUE = 100_000_000_000;
/** The last instant an ECMAScript date can hold, in milliseconds. */
const LAST_INSTANT_MS = 8_640_000_000_000_000;
const SECONDS_PER_DAY = 86_400;

/**
 * Unix seconds, as a string or a number, to ISO 8601 in UTC. A time in the future is kept as
 * sent; a missing or unreadable one becomes `null`.
 */
export function readTimestamp(value: JsonValue | undefined): string | null {
	const number = readNumber(value);
	if (number === null || number < 0) return null;
	if (number < FIRST_MILLISECOND_VALUE && Number.isInteger(number)) return isoOfSeconds(number);
	const ms = number < FIRST_MILLISECOND_VALUE ? Math.round(number * 1000) : number;
	return ms > LAST_INSTANT_MS ? null : new Date(ms).toISOString();
}

let lastDay = -1;
let lastDate = '';

/**
 * Computes the date once per day of the batch: calling `toISOString` for every event took half the
 * time of the whole normalisation.
 */
function isoOfSeconds(seconds: number): string {
	const day = Math.floor(seconds / SECONDS_PER_DAY);
	if (day !== lastDay) {
		lastDate = new Date(day * SECONDS_PER_DAY * 1000)
			.toISOString()
			.slice(0, -'00:00:00.000Z'.length);
		lastDay = day;
	}
	const ofDay = seconds - day * SECONDS_PER_DAY;
	const hour = Math.floor(ofDay / 3600);
	const minute = Math.floor(ofDay / 60) % 60;
	return `${lastDate}${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(ofDay % 60)}.000Z`;
}

function twoDigits(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}
