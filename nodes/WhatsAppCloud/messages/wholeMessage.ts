import { parseIfJson } from '../values/json/exactJson';
import { checkMembers } from '../values/members';
import type { Problems } from '../values/row';
import { isObject } from '../values/unknown';

/** Members of a request that are not content. The recipient comes from the node's own field. */
const envelope = ['messaging_product', 'recipient_type', 'to', 'recipient', 'type'];

/** JSON that may be a whole message, also as the only entry of a list; parsed if it is text. */
export function loneObject(value: unknown): unknown {
	const given = parseIfJson(value);
	return Array.isArray(given) && given.length === 1 ? (given[0] as unknown) : given;
}

/**
 * Takes the content out of a message as Meta writes it (`{type: "contacts", contacts: […]}`), and
 * reports what else it holds.
 *
 * @param name of the member with the content
 * @param path of the message, relative to `problems`
 * @returns undefined if there is no such member
 */
export function contentOfMessage(
	message: Record<string, unknown>,
	name: string,
	problems: Problems,
	path: PropertyKey[],
): unknown {
	const content = message[name];
	if (typeof content !== 'object' || content === null) return undefined;
	checkMembers(message, [...envelope, name], problems, path);
	return content;
}

/** The list in a message, or in an object that holds nothing else; anything else unchanged. */
export function listOfMessage(
	value: unknown,
	name: string,
	problems: Problems,
	path: PropertyKey[],
): unknown {
	const message = loneObject(value);
	if (!isObject(message)) return value;
	return contentOfMessage(message, name, problems, path) ?? value;
}
