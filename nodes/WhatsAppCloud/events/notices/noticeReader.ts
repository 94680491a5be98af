import { waIdOf, type ContactHint } from '../reading/eventContact';
import { readString, type JsonObject, type JsonValue } from '../reading/lenientJson';

/** Where to find the parts of a notice in Meta's value; dots in a path separate nested keys. */
export interface NoticeReader {
	/** Lists with one object per notice; without a list, the value is a single notice. */
	lists?: readonly string[];
	kind?: (read: PathReader, part: JsonObject) => string | null;
	id?: string;
	/** Path of the time; default `timestamp`. */
	time?: string;
	/** Path of the object that names the business number, if not `metadata` beside the list. */
	number?: string;
	person?: (read: PathReader) => ContactHint;
	/** One line for people. */
	text: (read: PathReader, kind: string, part: JsonObject) => string;
	/** Corrects the details, which are Meta's fields in camel case, where they mislead. */
	details?: (details: JsonObject, read: PathReader, part: JsonObject) => JsonObject;
}

/** Reads the first path that holds a text or a number. */
export type PathReader = (...paths: string[]) => string | null;

/** A reader over one object; a number in a path is an index. */
export function pathReader(part: JsonObject): PathReader {
	return (...paths) => {
		for (const path of paths) {
			const found = readString(valueAt(part, path));
			if (found !== null) return found;
		}
		return null;
	};
}

export function valueAt(part: JsonObject, path: string): JsonValue | undefined {
	let value: JsonValue | undefined = part;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Array.isArray(value) ? value[Number(key)] : ownProperty(value, key);
	}
	return value;
}

function ownProperty(value: JsonObject, key: string): JsonValue | undefined {
	return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `A → B`, or just `B` if the old value is unknown. */
export const change = (from: string | null, to: string | null): string =>
	from === null ? (to ?? '?') : `${from} → ${to ?? '?'}`;

export const because = (reason: string | null): string =>
	reason === null || reason === 'NONE' ? '' : `, reason: ${reason}`;

export const namedPerson = (read: PathReader): ContactHint => ({
	waId: waIdOf(read('wa_id', 'phone_number')),
	userId: read('user_id'),
	parentUserId: read('parent_user_id'),
	username: read('username'),
});
