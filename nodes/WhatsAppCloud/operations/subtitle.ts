import type { SendOperation } from './message/send';
import type { Operation } from '../node/operation';
import type { Resource } from './table';

/**
 * The text below the node on the canvas, such as "Send list" or "Mark message as read". n8n shows
 * only expressions there, so it is a single lookup in a table of phrases.
 */
export function subtitleOf(resources: Record<string, Resource>): string {
	const phrases: Record<string, string> = {};
	/** By operation, the parameter that selects one of several messages. */
	const choices: Record<string, string> = {};
	for (const [resource, { operations }] of Object.entries(resources)) {
		for (const [name, operation] of Object.entries(operations)) {
			phrases[`${resource}.${name}`] = operation.action;
			const choice = isSend(operation) ? operation.message.choice : undefined;
			if (choice === undefined) continue;
			choices[name] = choice.parameter;
			for (const [value, { name: variant }] of Object.entries(choice.variants)) {
				phrases[`${name}.${value}`] = `Send ${variant.toLowerCase()}`;
			}
		}
	}
	const phrase = (key: string): string => `(${JSON.stringify(phrases)})[${key}]`;
	// The raw value: on the canvas, an expression has no value and gets none of these phrases.
	const type = `$rawParameter[(${JSON.stringify(choices)})[$parameter.operation]]`;
	return `={{ ${phrase(`$parameter.operation + "." + ${type}`)} || ${phrase('$parameter.resource + "." + $parameter.operation')} }}`;
}

const isSend = (operation: Operation): operation is SendOperation => 'message' in operation;
