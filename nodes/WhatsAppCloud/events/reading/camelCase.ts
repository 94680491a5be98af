import { withinDepth, type JsonObject, type JsonValue } from './lenientJson';

/** A copy with `snake_case` keys turned into `camelCase`, at every level. */
export function camelCased(value: JsonObject): JsonObject;
export function camelCased(value: JsonValue): JsonValue;
export function camelCased(value: JsonValue): JsonValue {
	return convert(withinDepth(value));
}

function convert(value: JsonValue | undefined): JsonValue {
	if (typeof value !== 'object' || value === null) return value ?? null;
	if (Array.isArray(value)) return value.map(convert);
	return Object.fromEntries(
		Object.entries(value).map(([key, child]) => [camelKey(key), convert(child)]),
	);
}

function camelKey(key: string): string {
	return key.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
