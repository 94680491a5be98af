import { z } from 'zod/v4';
import { parseIfJson } from '../../values/json/exactJson';
import { readAt } from '../../values/schema/reading';
import { checkMembers } from '../../values/members';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { isObject, objectOf } from '../../values/unknown';
import { contentOfMessage, loneObject } from '../wholeMessage';

/** The list of an interactive message, with the node's names and Meta's. */
interface ActionList {
	/** `interactive.type` */
	type: string;
	/** The parameter that holds the list: `products`. */
	parameter: string;
	/** The list's name in Meta's action, if different: `cards`. */
	wire?: string;
	/** What Meta has beside the action, if not header, body and footer. */
	parts?: readonly string[];
	/** What else the action holds: the parameters by their names in the action. */
	others?: Record<string, string>;
}

/**
 * Accepts a list together with what Meta puts around it: the action (`{button, sections}`), the
 * interactive object, or the whole message. What comes with the list replaces the fields; anything
 * without a field is reported.
 */
export function takingAction<Schema extends z.ZodType>(list: ActionList, schema: Schema) {
	return rowOf((values, problems): z.output<Schema> => {
		const own = unwrapped(list, values, problems);
		return readAt(schema, own, [], problems) ?? z.NEVER;
	});
}

function unwrapped(list: ActionList, values: Values, problems: Problems): Values {
	const { parameter, wire = parameter } = list;
	const given = parseIfJson(values[parameter]);
	const lone = loneObject(given);
	// The action of a single card is its own; of a list of one, only what has the list itself counts.
	const isList = Array.isArray(given);
	if (!isObject(lone) || (isList && !surrounds(lone, wire))) return values;
	const message = contentOfMessage(lone, 'interactive', problems, [parameter]);
	const interactive = objectOf(message ?? lone);
	if (isObject(interactive['action'])) {
		return ofInteractive(list, interactive, values, problems);
	}
	if (message === undefined && Array.isArray(lone[wire])) {
		return { ...values, ...ofAction(list, lone, problems) };
	}
	return values;
}

/** Whether an object is what Meta puts around a list, and not one of its rows. */
function surrounds(object: Values, wire: string): boolean {
	const holders = [object, objectOf(object['action'])];
	return isObject(object['interactive']) || holders.some((holder) => Array.isArray(holder[wire]));
}

function ofInteractive(
	list: ActionList,
	interactive: Values,
	values: Values,
	problems: Problems,
): Values {
	const { parameter, type: own, parts = ['header', 'body', 'footer'] } = list;
	checkMembers(interactive, ['type', 'action', ...parts], problems, [parameter]);
	const { type = own, header, body, footer, action } = interactive;
	if (type !== own) {
		report(problems, [parameter], `is JSON of the type "${String(type)}", and not of "${own}"`);
	}
	return {
		...values,
		...headerOf(header, problems, [parameter, 'header']),
		...textOf('body', body, problems, parameter),
		...textOf('footer', footer, problems, parameter),
		...ofAction(list, objectOf(action), problems),
	};
}

function ofAction(
	{ parameter, wire = parameter, others = {} }: ActionList,
	action: Values,
	problems: Problems,
): Values {
	checkMembers(action, [wire, ...Object.keys(others)], problems, [parameter]);
	const read: Values = { [parameter]: action[wire] };
	for (const [name, field] of Object.entries(others)) {
		if (action[name] !== undefined) read[field] = action[name];
	}
	return read;
}

/** `{text: "…"}`, or just the text. */
function textOf(name: string, part: unknown, problems: Problems, parameter: string): Values {
	if (part === undefined) return {};
	if (!isObject(part)) return { [name]: part };
	checkMembers(part, ['text'], problems, [parameter, name]);
	return { [name]: part['text'] };
}

function headerOf(header: unknown, problems: Problems, path: PropertyKey[]): Values {
	if (!isObject(header)) return {};
	const { type } = header;
	const name = String(type);
	checkMembers(header, ['type', name], problems, path);
	if (type === 'text') return { headerType: type, headerText: header['text'] };
	const file = objectOf(header[name]);
	checkMembers(file, ['id', 'link', 'filename'], problems, [...path, name]);
	const { id, link, filename } = file;
	return {
		headerType: type,
		headerText: undefined,
		headerMediaSource: undefined,
		headerMediaId: id,
		headerMediaLink: link,
		...(filename === undefined ? {} : { headerFilename: filename }),
	};
}
