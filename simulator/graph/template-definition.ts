import type { JsonObject } from '../json.ts';
import { asList, asObject, asText } from '../json.ts';
import { GraphError, invalidParameter } from './errors.ts';

const categories: ReadonlySet<string> = new Set(['MARKETING', 'UTILITY', 'AUTHENTICATION']);
const maxNameLength = 512;

/** The parts of a template that come with the request. */
export interface NewTemplate {
	name: string;
	language: string;
	category: string;
	parameter_format: string;
	components: JsonObject[];
}

/** @throws GraphError 100 */
export function checkCategory(value: unknown): string {
	const category = asText(value)?.toUpperCase() ?? '';
	if (!categories.has(category)) {
		throw invalidParameter(`Param category must be one of {${[...categories].join(', ')}}`);
	}
	return category;
}

/** @throws GraphError 100 or one of the 2388xxx with the limit */
export function readNewTemplate(body: JsonObject): NewTemplate {
	const name = asText(body['name']) ?? '';
	if (!/^[a-z0-9_]+$/.test(name) || name.length > maxNameLength) {
		throw invalidParameter(
			`Param name must consist of a-z, 0-9 and _, and be at most ${maxNameLength} characters long.`,
		);
	}
	const language = asText(body['language']) ?? '';
	if (!/^[a-z]{2,3}(?:_[A-Z]{2,4})?$/.test(language)) {
		throw invalidParameter('Param language must be a language code such as en or en_US');
	}
	const format = asText(body['parameter_format'])?.toUpperCase() ?? 'POSITIONAL';
	if (format !== 'POSITIONAL' && format !== 'NAMED') {
		throw invalidParameter('Param parameter_format must be one of {POSITIONAL, NAMED}');
	}
	const category = checkCategory(body['category']);
	return {
		name,
		language,
		category,
		parameter_format: format,
		components: readComponents(body['components'], category, format),
	};
}

/** The components with their types in capitals, as Graph shows them. @throws GraphError */
export function readComponents(value: unknown, category: string, _format: string): JsonObject[] {
	const components = asList(value).map((entry) => {
		const component = asObject(entry);
		const type = asText(component?.['type'])?.toUpperCase();
		if (!component || type === undefined) throw invalidParameter('Every component needs a type');
		return { ...component, type };
	});
	const body = components.find((component) => component.type === 'BODY');
	if (!body)
		throw new GraphError(100, { message: 'Invalid parameter', details: 'A template needs a body' });
	if (category !== 'AUTHENTICATION' && asText(asObject(body)?.['text']) === undefined) {
		throw invalidParameter('The body needs a text');
	}
	return components;
}
