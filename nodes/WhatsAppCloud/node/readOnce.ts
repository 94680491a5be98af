import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { problemOf } from '../fields/issues';
import { parsing } from '../values/words';

/**
 * Reads parameters that hold for the whole run, with their expressions for the first item. One such
 * as `$('Rate Card').all()` would take minutes if it were evaluated for each of a thousand items.
 *
 * @param fields those of the parameters
 * @throws FieldProblem if a value cannot be used
 */
export function readOnce<Schema extends z.ZodType>(
	host: IExecuteFunctions,
	fields: INodeProperties[],
	schema: Schema,
): z.output<Schema> {
	const stored = host.getNode().parameters;
	const values = Object.fromEntries(
		fields.flatMap(({ name }) =>
			stored[name] === undefined ? [] : [[name, host.getNodeParameter(name, 0)]],
		),
	);
	const parsed = schema.safeParse(values, parsing);
	if (parsed.success) return parsed.data;
	throw problemOf(fields, parsed.error);
}
