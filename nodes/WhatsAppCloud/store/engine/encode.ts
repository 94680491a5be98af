import { maxKeyLength, maxOperationIdLength } from '../store';
import type { Row, SqlValue } from './statement';

/**
 * Converts arguments to a form that both engines can store, before anything is written. Otherwise
 * one bad entry would fail the batch it shares with other callers.
 */

/** @throws RangeError if the key is empty or too long. */
export function encodeKey(value: string, name: string, maxLength = maxKeyLength): string {
	if (value === '' || value.length > maxLength) {
		throw new RangeError(`${name} must have 1 to ${maxLength} characters, not ${value.length}`);
	}
	return encodeText(value);
}

export function encodeOperationId(value: string): string {
	return encodeKey(value, 'operationId', maxOperationIdLength);
}

const notStorable = /[\p{Surrogate}\u{0}]/gu;

/** PostgreSQL cannot store NUL in text, and neither engine can store half a surrogate pair. */
export function encodeText(value: string): string;
export function encodeText(value: string | null): string | null;
export function encodeText(value: string | null): string | null {
	return value?.replace(notStorable, '\uFFFD') ?? null;
}

/** @throws RangeError if the number is not finite or too large. */
export function encodeInteger(value: number, name: string): number {
	if (!Number.isFinite(value)) throw new RangeError(`${name} must be a number, not ${value}`);
	const whole = Math.round(value);
	if (!Number.isSafeInteger(whole)) throw new RangeError(`${name} is too large: ${value}`);
	return whole;
}

export function encodeOptionalInteger(
	value: number | null | undefined,
	name: string,
): number | null {
	return value === null || value === undefined ? null : encodeInteger(value, name);
}

/** @throws RangeError if the value is out of bounds. */
export function requireWithin(value: number, min: number, max: number, name: string): number {
	if (!(value >= min && value <= max)) {
		throw new RangeError(`${name} must be ${min} to ${max}, not ${value}`);
	}
	return value;
}

/** The tables guarantee the types; these functions assure the compiler. */
export function readText(row: Row, column: string): string {
	const value = read(row, column);
	if (typeof value !== 'string') throw new TypeError(`${column} is no text`);
	return value;
}

export function readOptionalText(row: Row, column: string): string | null {
	return read(row, column) === null ? null : readText(row, column);
}

export function readNumber(row: Row, column: string): number {
	const value = read(row, column);
	if (typeof value !== 'number') throw new TypeError(`${column} is no number`);
	return value;
}

export function readOptionalNumber(row: Row, column: string): number | null {
	return read(row, column) === null ? null : readNumber(row, column);
}

function read(row: Row, column: string): SqlValue {
	const value = row[column];
	if (value === undefined) throw new TypeError(`The row has no ${column}`);
	return value;
}
