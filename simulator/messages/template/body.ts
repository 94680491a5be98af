import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import { characterCount } from '../rules.ts';
import type { ComponentContext } from './context.ts';
import { hydrate, parametersOf, textOf } from './parameters.ts';

const maxHydratedLength = 1024;

/**
 * @throws GraphError 132000, 132012, or 132005 when the text with its values is too long
 * @returns the first value: of a one-time password template that is the code
 */
export function checkBody(
	context: ComponentContext,
	component: JsonObject | undefined,
): string | undefined {
	const path = `${context.path}body`;
	const parameters = parametersOf(component, path);
	if (!context.definition) {
		for (const [index, parameter] of parameters.entries()) textOf(parameter, `${path}[${index}]`);
		return asText(parameters[0]?.['text']);
	}
	const text = bodyText(context.definition.get('BODY'), context.category);
	const hydrated = hydrate(text, parameters, context.isNamed, path);
	if (characterCount(hydrated) > maxHydratedLength) {
		throw new GraphError(132005, {
			details: `${path}: the text has ${characterCount(hydrated)} characters, ${maxHydratedLength} are allowed`,
		});
	}
	return asText(parameters[0]?.['text']);
}

/** Meta writes the text of authentication templates itself: it has the code and nothing else. */
function bodyText(definition: JsonObject | undefined, category: string): string {
	const text = asText(definition?.['text']);
	if (text !== undefined) return text;
	return category === 'AUTHENTICATION' ? '*{{1}}* is your verification code.' : '';
}
