/**
 * The ISO text of a moment from an expression: a Date, or a Luxon DateTime such as `$now`. Null for
 * anything else, and for an invalid date.
 */
export function isoOf(value: unknown): string | null {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	if (!hasIso(value)) return null;
	const text = value.toISO();
	return typeof text === 'string' ? text : null;
}

function hasIso(value: unknown): value is { toISO(): unknown } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toISO' in value &&
		typeof value.toISO === 'function'
	);
}
