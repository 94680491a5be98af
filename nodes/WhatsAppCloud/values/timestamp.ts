import { isoOf } from './moment';
import { isNothing } from './numbers';
import { report, type Problems } from './row';
import { step } from './schema/singleStep';

/** Until 2286, times in seconds have ten digits, and times in milliseconds thirteen. */
const firstMilliseconds = 1e11;

/**
 * An optional moment: Unix seconds or milliseconds, or an ISO time with a time zone; converted to
 * Unix milliseconds. Without a time zone, the moment would depend on the machine.
 */
export const optionalMoment = step(readMoment);

/** The same, in Unix seconds. */
export const optionalTimestamp = step((value, context) => {
	const timeMs = readMoment(value, context);
	return timeMs === undefined ? undefined : Math.floor(timeMs / 1000);
});

function readMoment(value: unknown, problems: Problems): number | undefined {
	if (isNothing(value)) return undefined;
	const timeMs = toMilliseconds(value);
	if (timeMs !== null) return timeMs;
	report(problems, [], 'must be a time with its time zone, such as 2026-12-31T18:00:00+05:30');
	return undefined;
}

function toMilliseconds(value: unknown): number | null {
	if (typeof value === 'number') return fromNumber(value);
	const text = typeof value === 'string' ? value.trim() : isoOf(value);
	if (text === null) return null;
	if (/^\d+$/.test(text)) return fromNumber(Number(text));
	const hasTimeZone = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text);
	return hasTimeZone ? valid(Date.parse(text)) : null;
}

function fromNumber(value: number): number | null {
	return valid(value < firstMilliseconds ? value * 1000 : value);
}

function valid(timeMs: number): number | null {
	return Number.isFinite(timeMs) && timeMs > 0 ? Math.round(timeMs) : null;
}

/** A moment as Meta writes it (`2026-11-20T08:00:00+0000`, or Unix seconds) as ISO text, or null. */
export function isoOfMeta(value: unknown): string | null {
	const timeMs = isNothing(value) ? null : toMilliseconds(value);
	return timeMs === null ? null : new Date(timeMs).toISOString();
}

/** A moment in milliseconds since 1970 as an item shows it: ISO 8601 in UTC; null for none. */
export const isoTime = (ms: number | null | undefined): string | null =>
	ms === null || ms === undefined ? null : new Date(ms).toISOString();
