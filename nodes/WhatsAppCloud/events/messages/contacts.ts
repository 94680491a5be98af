import { camelCased } from '../reading/camelCase';
import {
	isObject,
	readArray,
	readObject,
	readString,
	type JsonObject,
	type JsonValue,
} from '../reading/lenientJson';
import type { MessageContent } from './content';
import { readContactCards } from './contactCard';

/** Shared contacts, one line each: the name and the first phone number. */
export function readSharedContacts(contacts: JsonValue | undefined): MessageContent {
	const sharedContacts = readArray(contacts).flatMap(readContact);
	const lines = sharedContacts.map(lineOf).filter((line) => line !== null);
	return { text: lines.length === 0 ? null : lines.join('\n'), sharedContacts };
}

/** Reads from the vCard what Meta did not parse; a card with several people becomes several. */
function readContact(value: JsonValue): JsonValue[] {
	const contact = camelCased(value);
	const text = vcardOf(value);
	if (text === null) return [contact];
	const known = isObject(contact) ? withoutEmpty(contact) : {};
	const cards = readContactCards(text);
	if (cards.length === 0) return [contact];
	return cards.map((card) => ({ ...card, ...known, ...phonesOf(known, card) }));
}

/** Meta may list the numbers without the WhatsApp IDs that the card has for them. */
function phonesOf(known: JsonObject, card: JsonObject): { phones?: JsonValue[] } {
	const inCard = readArray(card['phones']).map(readObject);
	const phones = readArray(known['phones']);
	if (phones.length === 0 || inCard.length === 0) return {};
	const digitsOf = (phone: JsonObject | null) => readString(phone?.['phone'])?.replace(/\D/g, '');
	return {
		phones: phones.map((value) => {
			const phone = readObject(value);
			if (phone === null || readString(phone['waId']) !== null) return value;
			const digits = digitsOf(phone) ?? '';
			const waId =
				digits === '' ? undefined : inCard.find((each) => digitsOf(each) === digits)?.['waId'];
			return waId === undefined ? value : { ...phone, waId };
		}),
	};
}

/** The card is the value itself, or is in the contact's `vcard`, alone or in a list. */
function vcardOf(value: JsonValue): string | null {
	if (typeof value === 'string') return /BEGIN:VCARD/i.test(value) ? value : null;
	const vcard = readObject(value)?.['vcard'];
	if (!Array.isArray(vcard)) return readString(readObject(vcard)?.['vcard'] ?? vcard);
	const cards = vcard.map(readString).filter((card) => card !== null);
	return cards.length === 0 ? null : cards.join('\n');
}

/** Empty lists and objects would hide what the card says. */
function withoutEmpty(contact: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(contact).filter(([, value]) =>
			typeof value === 'object' ? value !== null && Object.keys(value).length > 0 : value !== '',
		),
	);
}

function lineOf(value: JsonValue): string | null {
	const contact = readObject(value);
	const name = readObject(contact?.['name']);
	const fullName = readString(name?.['formattedName']) ?? readString(name?.['firstName']);
	const firstPhone = readObject(readArray(contact?.['phones'])[0]);
	const phone = readString(firstPhone?.['phone']) ?? readString(firstPhone?.['waId']);
	const line = [fullName, phone].filter((part) => part !== null).join(': ');
	return line === '' ? null : line;
}
