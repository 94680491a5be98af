import type { SendOperation } from './message/send';
import type { Operation } from '../node/operation';
import type { Resource } from './table';

/**
 * The text below the node on the canvas, such as "Send list to $json.from" or "Send template:
 * order_shipped". n8n shows only expressions there, so it is a lookup in a table of
 * phrases, with the template or the recipient as the panel holds it.
 */
export function subtitleOf(resources: Record<string, Resource>): string {
	const phrases: Record<string, string> = {};
	/** By operation, the parameter that selects one of several messages. */
	const choices: Record<string, string> = {};
	for (const [resource, { operations }] of Object.entries(resources)) {
		for (const [name, operation] of Object.entries(operations)) {
			phrases[`${resource}.${name}`] =
				operation.subtitle ??
				(isSend(operation) ? inSentenceCase(operation.name) : operation.action);
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
	const what = `(${phrase(`$parameter.operation + "." + ${type}`)} || ${phrase('$parameter.resource + "." + $parameter.operation')})`;
	return `={{ ${what} + (${template} ? ": " + ${template} : ${recipient} ? " to " + ${recipient} : "") }}`;
}

/** `Send Text`: `Send text` */
const inSentenceCase = (name: string): string => name.charAt(0) + name.slice(1).toLowerCase();

/**
 * A parameter's text. An expression has no value on the canvas: it is shown without its braces and,
 * since there is little room, without the node that it reads.
 */
const plain = (parameter: string): string =>
	`String(${parameter} || "").replace(/[={}]/g, "").replace(/^.*[.]json/, "$json").trim()`;

const template = plain('$rawParameter.template');
const recipient = plain('$rawParameter.recipient');

const isSend = (operation: Operation): operation is SendOperation => 'message' in operation;
