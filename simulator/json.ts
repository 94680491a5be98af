import type { JsonObject } from './chat-contract.ts';

export type { JsonObject } from './chat-contract.ts';

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or undefined for anything else. */
export function asObject(value: unknown): JsonObject | undefined {
	return isObject(value) ? value : undefined;
}

/**
 * The object's own member. Names from outside may be those of every object, such as
 * `constructor` or `__proto__`.
 */
export function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The non-empty string, or undefined. Numbers count: form fields and IDs come either way. */
export function asText(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** True, as JSON or as a parameter of an address has it. */
export function isTrue(value: unknown): boolean {
	return value === true || asText(value)?.toLowerCase() === 'true';
}

/** The array, or an empty one. */
export function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Strings of a list given as an array, as a JSON array in a string, or separated by commas. */
export function asTextList(value: unknown): string[] {
	if (Array.isArray(value)) return value.map(asText).filter((text) => text !== undefined);
	const text = asText(value);
	if (text === undefined) return [];
	if (text.startsWith('[')) {
		try {
			return asTextList(JSON.parse(text));
		} catch {
			return [];
		}
	}
	return text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
