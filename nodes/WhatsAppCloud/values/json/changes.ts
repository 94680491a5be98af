import { z } from 'zod/v4';
import { checkLength } from '../limits';
import { readParameter, readText } from '../schema/reading';
import { report, step } from '../schema/singleStep';
import { checkMembers } from '../members';
import { isObject } from '../unknown';
import { kindOf } from '../words';

/**
 * The fields that a user added to a collection of changes. Unlike in Options, an empty one is a
 * change, too: it clears the value.
 *
 * @param shape schemas of the fields, by name
 */
export function changesOf<Shape extends Record<string, z.ZodType>>(shape: Shape) {
	type Changes = { [Key in keyof Shape]?: z.output<Shape[Key]> };
	return step((value, context): Changes => {
		const given = value ?? {};
		const changes: Record<string, unknown> = {};
		if (!isObject(given)) {
			report(context, [], `must be an object, but is ${kindOf(given)}`, 'otherKind');
			return z.NEVER;
		}
		checkMembers(given, Object.keys(shape), context);
		for (const [name, schema] of Object.entries<z.ZodType>(shape)) {
			if ((given[name] ?? null) === null) continue;
			changes[name] = readParameter(schema, given, name, context);
		}
		if (Object.keys(given).length === 0)
			report(context, [], 'is empty; add what to change', 'missing');
		return changes as Changes;
	});
}

/** A text that may be empty, which clears it. `max` counts characters as Meta does. */
export function clearableText(max: number) {
	return step((value, context) => {
		const text = readText(value, context);
		if (text === undefined) return z.NEVER;
		checkLength(text, max, context);
		return text.trim();
	});
}
