import { z } from 'zod/v4';
import type { Fault } from '../words';

/** Collects problems with values; their paths start at those values. */
export type Problems = Pick<z.core.ParsePayload, 'issues'>;

/**
 * Reports a problem with one value. `message` completes a sentence that begins with its label.
 *
 * @param fault what the advice depends on; omitted if the message itself says what to do
 * @returns null, for readers to return in turn
 */
export function report(
	problems: Problems,
	path: PropertyKey[],
	message: string,
	fault?: Fault,
): null {
	const params = fault === undefined ? {} : { params: { fault } };
	problems.issues.push({ code: 'custom', path, message, input: undefined, ...params });
	return null;
}

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
