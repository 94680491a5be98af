import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import { GraphError, nonexistingField } from '../errors/graph-error.ts';

/** One entry of `fields`: `name`, `name{sub,fields}` or `name.modifier(argument)`. */
export interface Field {
	name: string;
	/** Modifiers by name, as they stand between the parentheses. */
	modifiers: ReadonlyMap<string, string>;
	/** The fields between the braces. */
	subFields: string | undefined;
}

/**
 * Parses a `fields` parameter.
 * https://developers.facebook.com/docs/graph-api/guides/field-expansion
 * @throws GraphError 2500 if brackets do not match
 */
export function parseFields(text: string): Field[] {
	return splitTopLevel(text).map(parseField);
}

function splitTopLevel(text: string): string[] {
	const parts: string[] = [];
	let depth = 0;
	let part = '';
	for (const char of text) {
		if ('({['.includes(char)) depth++;
		if (')}]'.includes(char)) depth--;
		if (char === ',' && depth === 0) {
			parts.push(part.trim());
			part = '';
		} else {
			part += char;
		}
	}
	if (depth !== 0) {
		throw new GraphError(2500, {
			plainMessage: true,
			message: `Syntax error in field list "${text}"`,
		});
	}
	parts.push(part.trim());
	return parts.filter((entry) => entry !== '');
}

function parseField(text: string): Field {
	const subFields = /\{([\s\S]*)\}$/.exec(text)?.[1];
	const head = subFields === undefined ? text : text.slice(0, -(subFields.length + 2));
	const [name = ''] = head.split(/[.(]/, 1);
	const modifiers = new Map<string, string>();
	for (const [, key, argument] of head.slice(name.length).matchAll(/\.?(\w+)\(([^()]*)\)/g)) {
		if (key !== undefined) modifiers.set(key, argument ?? '');
	}
	return { name: name.trim(), modifiers, subFields };
}

/** The field list of a request, or the given one. */
export function fieldsOf(value: unknown, defaults: readonly string[]): Field[] {
	const text = asText(value);
	return text === undefined
		? defaults.map((name) => ({ name, modifiers: new Map<string, string>(), subFields: undefined }))
		: parseFields(text);
}

/**
 * The selected members of a node, always with its `id`. Members that are undefined belong to the
 * node but have no value; they are left out, as on Graph.
 * @throws GraphError 100 for a field that nodes of this type do not have
 */
export function selectFields(
	node: JsonObject,
	fields: readonly Field[],
	nodeType: string,
): JsonObject {
	const result: JsonObject = {};
	for (const { name } of fields) {
		if (!Object.hasOwn(node, name)) throw nonexistingField(name, nodeType);
		if (node[name] !== undefined) result[name] = node[name];
	}
	if (node['id'] !== undefined) result['id'] = node['id'];
	return result;
}
