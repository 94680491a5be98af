import { invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import {
	badValue,
	isAbsent,
	objectAt,
	optionalObject,
	requireList,
	requireObject,
	requireText,
} from './rules.ts';
import type { MessageType } from './type.ts';

const maxContacts = 257;
const maxNameLength = 1000;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

const nameParts = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'] as const;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages */
export const contacts: MessageType = {
	type: 'contacts',
	check({ body }) {
		const list = requireList(body, 'contacts', 'contacts', { min: 1, max: maxContacts });
		for (const [index, entry] of list.entries()) {
			checkContact(objectAt(entry, `contacts[${index}]`), `contacts[${index}]`);
		}
		return undefined;
	},
};

function checkContact(contact: JsonObject, path: string): void {
	const name = requireObject(contact, 'name', `${path}.name`);
	requireText(name, 'formatted_name', `${path}.name.formatted_name`, { max: maxNameLength });
	for (const part of nameParts) checkString(name, part, `${path}.name.${part}`);
	for (const part of ['addresses', 'emails', 'phones', 'urls']) {
		const value = contact[part];
		if (isAbsent(value)) continue;
		if (!Array.isArray(value)) throw invalidParameter(`Param ${path}.${part} must be an array.`);
		for (const [index, entry] of value.entries()) objectAt(entry, `${path}.${part}[${index}]`);
	}
	optionalObject(contact, 'org', `${path}.org`);
	checkBirthday(contact['birthday'], `${path}.birthday`);
}

function checkString(parent: JsonObject, name: string, path: string): void {
	const value = parent[name];
	if (!isAbsent(value) && typeof value !== 'string') {
		throw invalidParameter(`Param ${path} must be a string.`);
	}
}

/** @throws GraphError 131009 unless it is a day that exists, as YYYY-MM-DD */
function checkBirthday(value: unknown, path: string): void {
	if (isAbsent(value)) return;
	const isDay = typeof value === 'string' && dayPattern.test(value) && exists(value);
	if (!isDay) throw badValue(`${path} must be a day as YYYY-MM-DD`);
}

function exists(day: string): boolean {
	const date = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
