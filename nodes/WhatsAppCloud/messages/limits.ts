import { z } from 'zod/v4';

/**
 * How many characters a text has the way Meta counts them: code points, so that an emoji outside
 * the basic plane is one and a combining mark is one of its own.
 */
export function countCharacters(text: string): number {
	let count = text.length;
	// Most texts have no surrogate pairs; only those that do are walked through.
	for (let index = 0; index < text.length - 1; index++) {
		const unit = text.charCodeAt(index);
		if (unit >= 0xd800 && unit <= 0xdbff) {
			const next = text.charCodeAt(index + 1);
			if (next >= 0xdc00 && next <= 0xdfff) {
				count--;
				index++;
			}
		}
	}
	return count;
}

/** What an expression can give for a text field: a number is taken as its digits. */
export const textual = z.preprocess(
	(value) => (typeof value === 'number' || typeof value === 'bigint' ? String(value) : value),
	z.string({
		error: (issue) =>
			issue.input === undefined || issue.input === null
				? 'is required'
				: `must be text, but is ${kindOf(issue.input)}`,
	}),
);

/** A text that must be there. `max` counts characters as Meta does. */
export function requiredText(max: number) {
	return textual.check((context) => {
		if (context.value.trim() === '') {
			context.issues.push({ code: 'custom', message: 'is empty', input: context.value });
		}
		checkLength(context, max);
	});
}

/** A text that may be empty or absent; empty comes out as undefined. */
export function optionalText(max: number) {
	return z
		.preprocess((value) => value ?? '', textual)
		.check((context) => checkLength(context, max))
		.transform((value) => (value.trim() === '' ? undefined : value));
}

function checkLength(context: z.core.ParsePayload<string>, max: number): void {
	// Code points never outnumber UTF-16 units, so a short text needs no counting.
	if (context.value.length <= max) return;
	const length = countCharacters(context.value);
	if (length > max) {
		context.issues.push({
			code: 'custom',
			message: `can have at most ${formatNumber(max)} characters, but has ${formatNumber(length)}`,
			input: context.value,
		});
	}
}

/** Checks one parameter apart from the rest of a schema, and reports its problem under its name. */
export function readParameter<Schema extends z.ZodType>(
	schema: Schema,
	values: Record<string, unknown>,
	name: string,
	context: Pick<z.core.ParsePayload, 'issues'>,
): z.output<Schema> | undefined {
	const parsed = schema.safeParse(values[name]);
	if (parsed.success) return parsed.data;
	for (const { message, path } of parsed.error.issues) {
		context.issues.push({ code: 'custom', path: [name, ...path], message, input: values[name] });
	}
	return undefined;
}

/** 4096 → `4,096`, the same on every machine. */
export function formatNumber(value: number): string {
	return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A word for the user for what came instead of the expected value. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'boolean') return `the boolean ${value}`;
	return `a ${typeof value}`;
}
