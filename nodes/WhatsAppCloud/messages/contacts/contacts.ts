import { listFields } from '../../fields/listField';
import { readParameter, readText } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { defineMessage } from '../messageType';
import { report, rowOf, shown, type Problems, type Values } from '../../values/row';
import { listOfMessage } from '../wholeMessage';
import { namesInRow, readMembers } from './members';
import { contactFields, contactLists, nameMembers, orgMembers } from './parts';

const maxContacts = 257;

/** One contact in the wire form. */
type Contact = Record<string, unknown>;

function readContact(row: Values, problems: Problems): Contact {
	const lists: Contact = {};
	for (const [name, { entries }] of Object.entries(contactLists)) {
		const read = readParameter(entries, row, name, problems) ?? [];
		if (read.length > 0) lists[name] = read;
	}
	const org = readMembers(orgMembers, row, problems, 'org');
	const birthday = readBirthday(row['birthday'], problems);
	return {
		name: readName(row, org['company'], problems),
		...lists,
		...(Object.keys(org).length > 0 ? { org } : {}),
		...(birthday === null ? {} : { birthday }),
	};
}

/** What a contact may have. A received card may also carry a `vcard`, which Meta generates. */
const knownMembers = [
	...contactFields.map(({ name }) => name),
	...namesInRow([...nameMembers, ...orgMembers]),
	...['name', 'org', 'vcard'],
];

/** The order in which the parts of a name are spoken. */
const spokenOrder = ['prefix', 'first_name', 'middle_name', 'last_name', 'suffix'];

function readName(
	row: Values,
	company: string | undefined,
	problems: Problems,
): Record<string, string> {
	const before = problems.issues.length;
	const name = readMembers(nameMembers, row, problems, 'name');
	if (problems.issues.length > before) return name;
	const parts = spokenOrder.map((part) => name[part]).filter((part) => part !== undefined);
	const formatted = name['formatted_name'] ?? (parts.length > 0 ? parts.join(' ') : company);
	if (formatted === undefined) {
		report(
			problems,
			['formattedName'],
			'is empty, and so are the other parts of the name',
			'missing',
		);
		return name;
	}
	// Older versions of Meta's page require one more part besides the formatted name.
	const further = parts.length > 0 ? {} : { first_name: formatted };
	return { ...name, ...further, formatted_name: formatted };
}

/** A day, perhaps followed by a time, as from a date picker; null if there is none. */
function readBirthday(value: unknown, problems: Problems): string | null {
	const text = (readText(value ?? '', problems, ['birthday']) ?? '').trim();
	if (text === '') return null;
	const day = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(text)?.[1];
	const time = Date.parse(`${day ?? ''}T00:00:00Z`);
	// JavaScript moves a day that does not exist (February 30) into the next month.
	const exists = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
	if (day !== undefined && exists) return day;
	return report(
		problems,
		['birthday'],
		`must be a day as YYYY-MM-DD, but is ${shown(text)}`,
		'otherForm',
	);
}

const cards = listOf(
	rowOf(readContact, { members: knownMembers }),
	{ min: 1, max: maxContacts },
	'contact',
);

/**
 * Contact cards, as in an address book.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages
 */
export const contacts = defineMessage({
	fields: listFields({
		name: 'contacts',
		displayName: 'Contacts',
		rowName: 'contact',
		rowDisplayName: 'Contact',
		hint: 'One to 257 contacts. Each needs a name.',
		row: contactFields,
		jsonExample: [
			{
				firstName: 'Ada',
				lastName: 'Lovelace',
				phones: [{ phone: '+1 555 123 4567', type: 'Work', waId: '15551234567' }],
				emails: ['ada@example.com'],
			},
		],
	}),
	schema: rowOf((values, problems) => {
		const given = listOfMessage(values['contacts'], 'contacts', problems, ['contacts']);
		return { contacts: readParameter(cards, { contacts: given }, 'contacts', problems) ?? [] };
	}),
	build: ({ contacts: list }) => ({ type: 'contacts', contacts: list }),
});
