/**
 * Lenient readers for JSON from elsewhere. None of them throws: a value of an unexpected shape
 * reads as `null` or empty, so that one odd part never spoils the others.
 */

/** What `JSON.parse` returns. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue | undefined;
}

/** How deep an event may nest; anything deeper breaks n8n's recursive copying. */
const MAX_RAW_DEPTH = 64;
const TOO_DEEP = `[nested deeper than ${MAX_RAW_DEPTH} levels]`;

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readObject(value: JsonValue | undefined): JsonObject | null {
	return isObject(value) ? value : null;
}

export function readArray(value: JsonValue | undefined): JsonValue[] {
	return Array.isArray(value) ? value : [];
}

/** A non-empty string; numbers become strings, since Meta sends IDs in either form. */
export function readString(value: JsonValue | undefined): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' ? String(value) : null;
}

/** A finite number, even if sent as a string. */
export function readNumber(value: JsonValue | undefined): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || value.trim() === '') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

export function readBoolean(value: JsonValue | undefined): boolean | null {
	if (typeof value === 'boolean') return value;
	if (value === 'true') return true;
	return value === 'false' ? false : null;
}

/**
 * The value itself, or a copy cut off at {@link MAX_RAW_DEPTH} levels if it nests deeper.
 */
export function withinDepth(value: JsonValue): JsonValue {
	return isDeeperThan(value, MAX_RAW_DEPTH) ? cutAt(value, MAX_RAW_DEPTH) : value;
}

function isDeeperThan(value: JsonValue | undefined, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	if (Array.isArray(value)) {
		for (const child of value) if (isDeeperThan(child, levels - 1)) return true;
		return false;
	}
	for (const key in value) if (isDeeperThan(value[key], levels - 1)) return true;
	return false;
}

function cutAt(value: JsonValue | undefined, levels: number): JsonValue {
	if (typeof value !== 'object' || value === null) return value ?? null;
	if (levels === 0) return TOO_DEEP;
	if (Array.isArray(value)) return value.map((child) => cutAt(child, levels - 1));
	return Object.fromEntries(
		Object.entries(value).map(([key, child]) => [key, cutAt(child, levels - 1)]),
	);
}
