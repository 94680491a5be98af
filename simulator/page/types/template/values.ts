/**
 * Joins a template's definition, as Graph lists it, with the components of one message.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components/
 */

import type { JsonObject } from '../../../chat-contract.ts';
import { listAt, numberAt, objectAt, textAt } from '../../data/json.ts';

/** Text of a parameter of any type. */
function parameterText(parameter: unknown): string {
	const type = textAt(parameter, 'type').toLowerCase();
	if (type === 'currency' || type === 'date_time') {
		return textAt(parameter, type, 'fallback_value');
	}
	// The page does not know the names of groups.
	if (type === 'group_id') return '👥 Group';
	return (
		textAt(parameter, 'text') || textAt(parameter, 'coupon_code') || textAt(parameter, 'payload')
	);
}

/** Fills `{{1}}` by position and `{{name}}` by name; placeholders without a value stay. */
export function fillVariables(text: string, parameters: unknown[]): string {
	return text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (placeholder, name: string) => {
		const found = /^\d+$/.test(name)
			? parameters[Number(name) - 1]
			: parameters.find((parameter) => textAt(parameter, 'parameter_name') === name);
		return found === undefined ? placeholder : parameterText(found);
	});
}

/** Component of a definition by its type, in any letter case; `{}` if there is none. */
export function definitionOf(components: unknown[], type: string): JsonObject {
	const found = components.find((component) => textAt(component, 'type').toLowerCase() === type);
	return objectAt([found], 0);
}

/** The message's parameters for a component. */
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
