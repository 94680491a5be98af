import { invalidParameter, templateError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import { characterCount } from '../../../messages/rules.ts';

/** The type of a component or a button, in capitals. */
export function typeOf(part: JsonObject): string {
	return asText(part['type'])?.toUpperCase() ?? '';
}

/** The component of this type. */
export function findComponent(
	components: readonly JsonObject[],
	type: string,
): JsonObject | undefined {
	return components.find((component) => typeOf(component) === type);
}

/** The buttons of a list of components. */
export function buttonsOf(components: readonly JsonObject[]): JsonObject[] {
	const component = findComponent(components, 'BUTTONS');
	return asList(component?.['buttons']).map((entry) => asObject(entry) ?? {});
}

/** Refuses members that components of this type do not have. @throws GraphError 2388042 */
export function allowFields(
	component: JsonObject,
	names: readonly string[],
	type = typeOf(component),
): void {
	const unexpected = Object.keys(component).filter(
		(name) => name !== 'type' && !names.includes(name),
	);
	if (unexpected.length === 0) return;
	throw templateError(
		2388042,
		`component of type ${type} has unexpected field(s) (${unexpected.join(', ')})`,
	);
}

/** What a component lacks: 2388043, in Meta's words. */
export function missingField(type: string, name: string): Error {
	return templateError(2388043, `component of type ${type} is missing expected field(s) (${name})`);
}

/** @throws GraphError 2388043 if the text is missing, 100 if it is none */
export function requireText(component: JsonObject, name: string, type = typeOf(component)): string {
	const value = component[name];
	if (value === undefined || value === null || value === '') throw missingField(type, name);
	if (typeof value !== 'string') {
		throw invalidParameter(`Param components['${type}']['${name}'] must be a string.`);
	}
	return value;
}

/** @throws GraphError 2388040 */
export function limitText(text: string, max: number, what: string): void {
	const length = characterCount(text);
	if (length <= max) return;
	throw templateError(2388040, `${what} has ${length} characters, ${max} are allowed.`);
}
