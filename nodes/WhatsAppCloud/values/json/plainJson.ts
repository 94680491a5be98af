import { type Problems, report } from '../schema/singleStep';
import { describeInexact, isExact } from './exactJson';
import { isObject } from '../unknown';

/**
 * Copies an object that goes to Meta unchanged into plain JSON: a moment becomes its ISO text.
 * Reports inexact numbers inside it.
 *
 * @param path the object's path, relative to `problems`
 */
export function readPlainJson(
	object: Record<string, unknown>,
	problems: Problems,
	path: PropertyKey[] = [],
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(object)
			.filter(([, member]) => member !== undefined)
			.map(([name, member]) => [name, plain(member, problems, [...path, name])]),
	);
}

function plain(value: unknown, problems: Problems, path: PropertyKey[]): unknown {
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && !isExact(value)) {
		report(problems, path, describeInexact(value));
	}
	if (Array.isArray(value)) {
		return value.map((entry: unknown, index) => plain(entry, problems, [...path, index]));
	}
	if (!isObject(value)) return value;
	// A Date, a Luxon DateTime and the like know their own JSON form.
	const { toJSON } = value;
	if (typeof toJSON === 'function') return toJSON.call(value) as unknown;
	return readPlainJson(value, problems, path);
}
