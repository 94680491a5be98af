import { camelCased } from '../camelCase';
import { readArray, readObject, readString, type JsonValue } from '../json';
import type { MessageContent } from './content';

/** Shared contacts, one line for each: the name and its first phone number. */
export function readSharedContacts(contacts: JsonValue | undefined): MessageContent {
	const lines = readArray(contacts)
		.map(lineOf)
		.filter((line) => line !== null);
	return {
		text: lines.length === 0 ? null : lines.join('\n'),
		sharedContacts: readArray(contacts).map((contact) => camelCased(contact)),
	};
}

function lineOf(value: JsonValue): string | null {
	const contact = readObject(value);
	const name = readObject(contact?.['name']);
	const fullName = readString(name?.['formatted_name']) ?? readString(name?.['first_name']);
	const firstPhone = readObject(readArray(contact?.['phones'])[0]);
	const phone = readString(firstPhone?.['phone']) ?? readString(firstPhone?.['wa_id']);
	const line = [fullName, phone].filter((part) => part !== null).join(': ');
	return line === '' ? null : line;
}
