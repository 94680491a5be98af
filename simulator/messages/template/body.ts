import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import { requireText } from '../rules.ts';
import type { ComponentContext } from './context.ts';
import { checkLibraryValues } from './library-values.ts';
import { checkLength, hydrate, parametersOf, textOf } from './parameters.ts';

const maxHydratedLength = 1024;

/**
 * @throws GraphError 132000, 132012, 132018, 131041 for an unknown group, or 132005 if the text
 * with its values is too long
 * @returns the first value; in a one-time password template, this is the code
 */
export function checkBody(
	context: ComponentContext,
	component: JsonObject | undefined,
): string | undefined {
	const path = `${context.path}body`;
	const parameters = parametersOf(component, path);
	if (!context.definition) {
		for (const [index, parameter] of parameters.entries()) {
			valueOf(context, parameter, `${path}: parameters[${index}]`);
		}
		return asText(parameters[0]?.['text']);
	}
	const text = bodyText(context.definition.get('BODY'), context.category);
	const hydrated = hydrate(text, parameters, context.isNamed, path, (parameter, at) =>
		valueOf(context, parameter, at),
	);
	checkLength(hydrated, maxHydratedLength, path);
	checkLibraryValues(context.library, parameters, path);
	return asText(parameters[0]?.['text']);
}

/**
 * The text of a parameter; in the body, it may also be a group to join.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/groups/reference
 * @throws GraphError 131008, 131041, 132012, 132018 or 100
 */
function valueOf({ message }: ComponentContext, parameter: JsonObject, path: string): string {
	if (asText(parameter['type'])?.toLowerCase() !== 'group_id') return textOf(parameter, path);
	const id = requireText(parameter, 'group_id', `${path}.group_id`, { max: 1000 });
	const { account, settings } = message.simulator;
	const group = account.groups.get(id);
	if (settings.strictReferences && group?.phoneNumberId !== message.number.id) {
		throw new GraphError(131041, { details: `There is no group with the ID ${id}` });
	}
	return group?.subject ?? id;
}

/** Meta writes the text of authentication templates; the code is its only variable. */
function bodyText(definition: JsonObject | undefined, category: string): string {
	const text = asText(definition?.['text']);
	if (text !== undefined) return text;
	return category === 'AUTHENTICATION' ? '*{{1}}* is your verification code.' : '';
}
