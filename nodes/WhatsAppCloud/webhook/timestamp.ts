import { readNumber, type JsonValue } from './json';

/** Meta counts seconds; a number from here on (the year 5138 in seconds) counts milliseconds. */
const FIRST_MILLISECOND_VALUE = 100_000_000_000;
/** The last instant an ECMAScript date can hold, in milliseconds. */
const LAST_INSTANT_MS = 8_640_000_000_000_000;

/**
 * Unix seconds, as a string or a number, to ISO 8601 in UTC. A time in the future is kept as
 * sent; a missing or unreadable one gives `null`.
 */
export function readTimestamp(value: JsonValue | undefined): string | null {
	const number = readNumber(value);
	if (number === null || number < 0) return null;
	const ms = number < FIRST_MILLISECOND_VALUE ? number * 1000 : number;
	return ms > LAST_INSTANT_MS ? null : new Date(ms).toISOString();
}
