/**
 * Readers for bodies of uncertain shape: any step of the path may be missing or of another type.
 * Nothing here throws.
 */

import type { JsonObject } from '../../chat-contract.ts';

type Step = string | number;

/** Whether a value is a JSON object, not an array. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Value at a path, `undefined` if a step is missing. */
export function at(value: unknown, ...path: Step[]): unknown {
	let current = value;
	for (const step of path) {
		if (typeof step === 'number') {
			current = Array.isArray(current) ? (current as unknown[])[step] : undefined;
		} else {
			current = isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
		}
	}
	return current;
}

/** Text at a path; numbers and booleans become text, everything else ''. */
export function textAt(value: unknown, ...path: Step[]): string {
	const found = at(value, ...path);
	if (typeof found === 'string') return found;
	if (typeof found === 'number' || typeof found === 'boolean') return String(found);
	return '';
}

/** Number at a path, possibly given as text; null if there is none. */
export function numberAt(value: unknown, ...path: Step[]): number | null {
	const found = at(value, ...path);
	if (typeof found === 'number') return Number.isFinite(found) ? found : null;
	if (typeof found !== 'string' || found.trim() === '') return null;
	const parsed = Number(found);
	return Number.isFinite(parsed) ? parsed : null;
}

/** Object at a path, `{}` if there is none. */
export function objectAt(value: unknown, ...path: Step[]): JsonObject {
	const found = at(value, ...path);
	return isObject(found) ? found : {};
}

/** Array at a path, `[]` if there is none. */
export function listAt(value: unknown, ...path: Step[]): unknown[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? (found as unknown[]) : [];
}

/** Any value as indented JSON. */
export function prettyJson(value: unknown): string {
	return value === undefined ? '' : JSON.stringify(value, null, 2);
}
