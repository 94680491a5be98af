import { describeInexact, isExact } from './exactJson';
import type { Problems } from '../limits';
import { isObject } from '../unknown';

/**
 * A copy of an object that goes to Meta as it is, as JSON has it: a moment becomes its ISO text. A
 * number inside it that is not exact is reported.
 *
 * @param path of the object, from where `problems` begin
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
		problems.issues.push({ code: 'custom', path, message: describeInexact(value), input: value });
	}
	if (Array.isArray(value)) {
		return value.map((entry: unknown, index) => plain(entry, problems, [...path, index]));
	}
	if (!isObject(value)) return value;
	// A Date, a Luxon DateTime and the like say themselves what they are in JSON.
	const { toJSON } = value;
	if (typeof toJSON === 'function') return toJSON.call(value) as unknown;
	return readPlainJson(value, problems, path);
}
