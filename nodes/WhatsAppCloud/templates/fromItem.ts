import { perObject } from '../values/once/perObject';
import { isObject } from '../values/unknown';
import type { ValuesById } from './messageFields';
import { isRequired, type TemplateInput } from './templateInput';
import { isNumbered } from './variables';

/** What an input item carries. */
export interface ItemValues {
	json: Record<string, unknown>;
	/** Names of its binary fields. */
	files: readonly string[];
}

/** First segments of the IDs that inputs have. */
const idForm = /^(?:(?:header|body|button|card|cards|order|tap)\.\S+|otp|expiry)$/;

/**
 * The values of the inputs that an item carries by their names: the ID (`body.1`, also as the
 * object `body` with the member `1`, or as its list of values), the label (`{{1}}`, `Track order
 * URL`), the bare name of a variable (`first_name`, `1`) or, if only one input has it and the template
 * requires it, the end of the ID (`image`, `url`). The ends of optional inputs, such as `name`, `data`
 * or `token`, mean something else in most items.
 *
 * @param inputs null if the template is not known; then only IDs count
 * @param taken names that mean something else to the node, such as `recipient`
 */
export function valuesFromItem(
	inputs: readonly TemplateInput[] | null,
	{ json, files }: ItemValues,
	taken: ReadonlySet<string>,
): ValuesById {
	if (inputs === null) return valuesByIdIn(json, '');
	const found: Record<string, unknown> = {};
	for (const { id, path, names } of namedInputs(inputs)) {
		const byId = own(json, id) ?? inside(json, path);
		const name = isGiven(byId)
			? undefined
			: names.find((each) => !taken.has(each) && isGiven(own(json, each)));
		const value = name === undefined ? byId : json[name];
		if (isGiven(value)) found[id] = value;
	}
	if (files.length > 0) addFiles(found, namedInputs(inputs), files);
	return found;
}

/** Fills inputs that take a file with the names of binary fields. */
function addFiles(
	found: Record<string, unknown>,
	inputs: readonly NamedInput[],
	files: readonly string[],
): void {
	const ofFiles = inputs.filter(({ isFile }) => isFile);
	// Most nodes call the file of an item "data". Cards with the same picture would be a mistake.
	const usual = ofFiles.length === 1 ? ['data'] : [];
	for (const { id, names } of ofFiles) {
		if (found[id] !== undefined) continue;
		const file = [id, ...names, ...usual].find((each) => files.includes(each));
		if (file !== undefined) found[id] = file;
	}
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** An input, and how an item may name its value. */
interface NamedInput {
	id: string;
	/** The ID, as members of objects. */
	path: readonly string[];
	/** Names besides the ID, best first. */
	names: readonly string[];
	isFile: boolean;
}

const namedInputs = perObject((inputs: readonly TemplateInput[]): readonly NamedInput[] => {
	const ends = inputs.map(({ id }) => endOf(id));
	return inputs.map(({ id, label, kind }): NamedInput => {
		const end = endOf(id);
		const isSole = isRequired(id) && ends.filter((other) => other === end).length === 1;
		const isName = /^body\.|^header\.text\.\D/.test(id);
		const names = [label, ...(isSole || isName ? [end] : [])];
		return { id, path: id.split('.'), names, isFile: kind === 'file' };
	});
});

const endOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** A member, but nothing that all objects have: `constructor` may be the name of a variable. */
const own = (holder: object, name: string): unknown =>
	Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;

/** The value at a path of members. Variables count from 1, also in a list. */
const inside = (value: unknown, path: readonly string[]): unknown =>
	path.reduce<unknown>((holder, name, index) => {
		if (isObject(holder)) return own(holder, name);
		if (!Array.isArray(holder)) return undefined;
		const isVariable = ['body', 'text'].includes(path[index - 1] ?? '') && isNumbered(name);
		return own(holder, isVariable ? String(Number(name) - 1) : name);
	}, value);

/** Members whose names are IDs, also those in objects: `{body: {first_name: "Ada"}}`. */
function valuesByIdIn(json: Record<string, unknown>, prefix: string): ValuesById {
	return Object.fromEntries(
		Object.entries(json).flatMap(([name, value]): [string, unknown][] => {
			const id = prefix + name;
			if (isObject(value) && /^(?:header|body|button|card|cards|order|tap)\b/.test(id)) {
				const inner = Object.entries(valuesByIdIn(value, `${id}.`));
				if (inner.length > 0) return inner;
			}
			return idForm.test(id) ? [[id, value]] : [];
		}),
	);
}
