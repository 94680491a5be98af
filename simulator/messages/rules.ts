import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';

/** Meta's 131008. */
export function missing(path: string): GraphError {
	return new GraphError(131008, { details: `Parameter ${path} is missing` });
}

/** Meta's 131009. */
export function badValue(details: string): GraphError {
	return new GraphError(131009, { details });
}

export function isAbsent(value: unknown): value is undefined | null {
	return value === undefined || value === null;
}

/** The member with this name. @throws GraphError 131008 if it is missing */
export function requirePart(parent: JsonObject, name: string, path = name): unknown {
	const value = parent[name];
	if (isAbsent(value)) throw missing(path);
	return value;
}

/** @throws GraphError 131008 if it is missing, 100 if it is not an object */
export function requireObject(parent: JsonObject, name: string, path = name): JsonObject {
	return objectAt(requirePart(parent, name, path), path);
}

export function optionalObject(
	parent: JsonObject,
	name: string,
	path: string,
): JsonObject | undefined {
	const value = parent[name];
	return isAbsent(value) ? undefined : objectAt(value, path);
}

export function objectAt(value: unknown, path: string): JsonObject {
	if (!isObject(value)) throw invalidParameter(`Param ${path} must be a JSON object.`);
	return value;
}

interface TextLimits {
	/** Characters; 1 by default. */
	min?: number;
	max: number;
	/** Code for a text that is too short or too long. */
	code?: number;
}

/**
 * Reads a text and checks its length in code points.
 * @throws GraphError 131008 if it is missing, 100 if it is no text, `code` for its length
 */
export function requireText(
	parent: JsonObject,
	name: string,
	path: string,
	limits: TextLimits,
): string {
	return textAt(requirePart(parent, name, path), path, limits);
}

export function optionalText(
	parent: JsonObject,
	name: string,
	path: string,
	limits: TextLimits,
): string | undefined {
	const value = parent[name];
	return isAbsent(value) ? undefined : textAt(value, path, limits);
}

function textAt(value: unknown, path: string, limits: TextLimits): string {
	if (typeof value !== 'string') throw invalidParameter(`Param ${path} must be a string.`);
	const { min = 1, max, code = 131009 } = limits;
	const length = characterCount(value);
	if (length < min || length > max || (min > 0 && value.trim() === '')) {
		const details =
			code === 100 && length > max
				? `Param ${path} must be at most ${max} characters long.`
				: `${path} length invalid. Min length: ${min}, Max length: ${max}`;
		throw new GraphError(code, code === 100 ? { message: details, details } : { details });
	}
	return value;
}

/** Number of code points: a surrogate pair counts as one. */
export function characterCount(text: string): number {
	const pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g);
	return text.length - (pairs?.length ?? 0);
}

/** @throws GraphError 131008 if it is missing, 100 if it is no array, 131009 for a wrong count */
export function requireList(
	parent: JsonObject,
	name: string,
	path: string,
	limits: { min: number; max: number },
): unknown[] {
	const value = requirePart(parent, name, path);
	if (!Array.isArray(value)) throw invalidParameter(`Param ${path} must be an array.`);
	if (value.length < limits.min || value.length > limits.max) {
		throw badValue(
			`${path} count invalid. Min count: ${limits.min}, Max count: ${limits.max}, got: ${value.length}`,
		);
	}
	return value;
}

/** @throws GraphError 131008 if it is missing, 131009 if it is none of the choices */
export function requireChoice(
	parent: JsonObject,
	name: string,
	path: string,
	choices: readonly string[],
): string {
	const value = requirePart(parent, name, path);
	const found = choices.find((choice) => choice === value);
	if (found === undefined) {
		throw badValue(`${path} must be one of {${choices.join(', ')}}`);
	}
	return found;
}

export function optionalBoolean(parent: JsonObject, name: string, path: string): boolean {
	const value = parent[name];
	if (isAbsent(value)) return false;
	if (typeof value !== 'boolean') throw invalidParameter(`Param ${path} must be a boolean.`);
	return value;
}

/** A whole number, possibly as text. @throws GraphError 131009 */
export function optionalInteger(
	parent: JsonObject,
	name: string,
	path: string,
	limits: { min: number; max: number },
): number | undefined {
	const value = parent[name];
	if (isAbsent(value)) return undefined;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (
		typeof number !== 'number' ||
		!Number.isInteger(number) ||
		number < limits.min ||
		number > limits.max
	) {
		throw badValue(`${path} must be a whole number from ${limits.min} to ${limits.max}`);
	}
	return number;
}

/** @throws GraphError 131009 unless the text is an http or https address */
export function requireUrl(parent: JsonObject, name: string, path: string): string {
	const value = requireText(parent, name, path, { max: 2000 });
	if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
		throw badValue(`${path} is not a valid URL: ${value.slice(0, 100)}`);
	}
	return value;
}

/** Refuses a member that is not allowed here. @throws GraphError 131009 */
export function forbid(parent: JsonObject, name: string, path: string): void {
	if (!isAbsent(parent[name])) throw badValue(`${path} is not allowed here`);
}

/** @throws GraphError 131009 if a value occurs twice */
export function requireUnique(values: readonly string[], what: string): void {
	const seen = new Set<string>();
	for (const value of values) {
		if (seen.has(value)) throw badValue(`Duplicated ${what}: ${value}`);
		seen.add(value);
	}
}
