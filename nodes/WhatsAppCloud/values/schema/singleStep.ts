import { z } from 'zod/v4';

/** Collects problems with values; their paths start at those values. */
export type Problems = Pick<z.core.ParsePayload, 'issues'>;

/** Reads a value. The result is ignored if it reported a problem. */
type Read<Output> = (value: unknown, problems: Problems) => Output;

const reads = new WeakMap<z.ZodType, Read<unknown>>();

/** A schema that is a single function. A message has dozens of them. */
export function step<Output>(read: Read<Output>): z.ZodTransform<Output> {
	const schema = z.transform(read) as z.ZodTransform<Output>;
	reads.set(schema, read);
	return schema;
}

/**
 * The function of a schema made by {@link step}, for those who call it without zod; undefined for any
 * other, also for one to which a check was added.
 */
export const readOf = <Schema extends z.ZodType>(
	schema: Schema,
): Read<z.output<Schema>> | undefined => reads.get(schema) as Read<z.output<Schema>> | undefined;
