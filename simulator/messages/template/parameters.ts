import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import {
	characterCount,
	isAbsent,
	missing,
	objectAt,
	requireObject,
	requirePart,
} from '../rules.ts';

/** The parameters of a component. @throws GraphError 100 */
export function parametersOf(component: JsonObject | undefined, path: string): JsonObject[] {
	const value = component?.['parameters'];
	if (isAbsent(value)) return [];
	if (!Array.isArray(value)) throw invalidParameter(`Param ${path}.parameters must be an array.`);
	return value.map((entry, index) => objectAt(entry, `${path}.parameters[${index}]`));
}

/** Placeholders of a text: `1`, `2` … or names, each once. */
export function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

/** What Meta does not allow in the value of a variable. */
const forbiddenCharacters = /[\n\r\t]| {5}/;
/** What no text of a template may have: control characters. */
const forbiddenByPolicy = /[\p{Cc}\p{Cs}]/u;

/**
 * @throws GraphError 132018 for line breaks, tabs or more than four spaces in a row, 132007 for
 * control characters
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/
 */
function fitText(value: string, path: string): string {
	if (forbiddenCharacters.test(value)) {
		throw new GraphError(132018, {
			details: `${path}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
		});
	}
	if (forbiddenByPolicy.test(value)) {
		throw new GraphError(132007, { details: `${path}: Param text has a control character` });
	}
	return value;
}

/** Reads the text that a parameter inserts. */
type ReadParameter = (parameter: JsonObject, path: string) => string;

/** The text that a parameter inserts. @throws GraphError 131008, 132012, 132018 or 100 */
export function textOf(parameter: JsonObject, path: string): string {
	const type = asText(requirePart(parameter, 'type', `${path}.type`))?.toLowerCase();
	switch (type) {
		case 'text': {
			const value = requirePart(parameter, 'text', `${path}.text`);
			if (typeof value !== 'string') throw invalidParameter(`Param ${path}.text must be a string.`);
			if (value === '') throw missing(`${path}.text`);
			return fitText(value, path);
		}
		case 'currency': {
			const currency = requireObject(parameter, 'currency', `${path}.currency`);
			const amount = requirePart(currency, 'amount_1000', `${path}.currency.amount_1000`);
			if (typeof amount !== 'number' && !/^-?\d+$/.test(asText(amount) ?? '')) {
				throw invalidParameter(`Param ${path}.currency.amount_1000 must be a whole number.`);
			}
			requireString(currency, 'code', `${path}.currency.code`);
			return fallbackOf(currency, `${path}.currency`);
		}
		case 'date_time':
			return fallbackOf(
				requireObject(parameter, 'date_time', `${path}.date_time`),
				`${path}.date_time`,
			);
		default:
			throw new GraphError(132012, {
				details: `${path}: Format mismatch, expected TEXT, received ${(type ?? '').toUpperCase()}`,
			});
	}
}

function fallbackOf(parent: JsonObject, path: string): string {
	return fitText(requireString(parent, 'fallback_value', `${path}.fallback_value`), path);
}

function requireString(parent: JsonObject, name: string, path: string): string {
	const value = requirePart(parent, name, path);
	if (typeof value !== 'string' || value === '')
		throw invalidParameter(`Param ${path} must be a string.`);
	return value;
}

/**
 * Replaces the placeholders in the definition's text with the parameters.
 * @throws GraphError 132000 for the wrong count or an unknown name, 132012 for named instead of
 * numbered parameters, 132018 for a text that is not allowed in a variable
 */
export function hydrate(
	text: string,
	parameters: readonly JsonObject[],
	isNamed: boolean,
	path: string,
	read: ReadParameter = textOf,
): string {
	const names = placeholdersOf(text);
	if (parameters.length !== names.length) {
		throw new GraphError(132000, {
			details:
				`${path}: number of localizable_params (${parameters.length}) does not match ` +
				`the expected number of params (${names.length})`,
		});
	}
	const values = new Map<string, string>();
	for (const [index, parameter] of parameters.entries()) {
		const name = asText(parameter['parameter_name']);
		const parameterPath = `${path}: parameters[${index}]`;
		if (isNamed !== (name !== undefined)) {
			throw new GraphError(132012, {
				details: isNamed
					? `${parameterPath}: Parameter name is missing or empty`
					: `${parameterPath}: The template has numbered parameters, not named ones`,
			});
		}
		const key = name ?? String(index + 1);
		if (!names.includes(key) || values.has(key)) {
			throw new GraphError(132000, {
				details: `${parameterPath}: The template has no other ${key}`,
			});
		}
		values.set(key, read(parameter, parameterPath));
	}
	return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_match, key: string) => values.get(key) ?? '');
}

/** @throws GraphError 132005 for a text that is too long with its values */
export function checkLength(text: string, max: number, path: string): void {
	const length = characterCount(text);
	if (length <= max) return;
	throw new GraphError(132005, {
		details: `${path}: the text has ${length} characters, ${max} are allowed`,
	});
}
