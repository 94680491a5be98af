/**
 * Joins a template's definition, as Graph lists it, with the components of one message.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components/
 */

import type { JsonObject } from '../../../chat-contract.ts';
import { listAt, numberAt, objectAt, textAt } from '../../data/json.ts';

/** Text of one parameter, whatever its type. */
function parameterText(parameter: unknown): string {
	const type = textAt(parameter, 'type').toLowerCase();
	if (type === 'currency' || type === 'date_time') {
		return textAt(parameter, type, 'fallback_value');
	}
	// The page does not know groups by their names.
	if (type === 'group_id') return '👥 Group';
	return (
		textAt(parameter, 'text') || textAt(parameter, 'coupon_code') || textAt(parameter, 'payload')
	);
}

/** Fills `{{1}}` by position and `{{name}}` by name; what has no value stays as it is. */
export function fillVariables(text: string, parameters: unknown[]): string {
	return text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (placeholder, name: string) => {
		const found = /^\d+$/.test(name)
			? parameters[Number(name) - 1]
			: parameters.find((parameter) => textAt(parameter, 'parameter_name') === name);
		return found === undefined ? placeholder : parameterText(found);
	});
}

/** Component of a definition by its type, in any case of letters; `{}` where there is none. */
export function definitionOf(components: unknown[], type: string): JsonObject {
	const found = components.find((component) => textAt(component, 'type').toLowerCase() === type);
	return objectAt([found], 0);
}

/** Parameters of the message for a component. */
export function parametersOf(components: unknown[], type: string): unknown[] {
	return listAt(definitionOf(components, type), 'parameters');
}

/** First parameter of the button at this position. */
export function buttonParameter(components: unknown[], index: number): unknown {
	const found = components.find(
		(component) =>
			textAt(component, 'type').toLowerCase() === 'button' &&
			numberAt(component, 'index') === index,
	);
	return listAt(found, 'parameters')[0];
}
