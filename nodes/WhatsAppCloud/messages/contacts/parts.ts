import type { INodeProperties } from 'n8n-workflow';
import { alwaysShown } from '../../fields/listField';
import { nestedListField } from '../../fields/nestedList';
import { member, memberList, type Member } from './members';

/** Parts of a name; the recipient sees the first. */
export const nameMembers: readonly Member[] = [
	member('formatted_name', 'formattedName'),
	member('first_name', 'firstName'),
	member('middle_name', 'middleName'),
	member('last_name', 'lastName'),
	member('prefix'),
	member('suffix'),
];

export const orgMembers: readonly Member[] = [
	member('company'),
	member('department'),
	member('title', 'jobTitle'),
];

/** A part that a contact may have several of. */
interface ContactList {
	field: INodeProperties;
	entries: ReturnType<typeof memberList>;
}

/** What the editor shows of a part and what Meta calls it, in one place. */
const contactList = (
	list: Parameters<typeof nestedListField>[0],
	wireNames: Record<string, string> = {},
): ContactList => ({
	field: nestedListField(list),
	entries: memberList(
		list.row.map(({ name }) => member(wireNames[name] ?? name, name)),
		list.rowName,
	),
});

const textField = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
});

/** What kind of number or address it is; Meta takes any text. */
const typeField = textField('Type', 'type', 'e.g. Work');

/** The lists of a contact, by their names on the wire, which are also the names of the fields. */
export const contactLists = {
	phones: contactList(
		{
			name: 'phones',
			displayName: 'Phone Numbers',
			rowName: 'phone',
			rowDisplayName: 'Phone Number',
			row: [
				alwaysShown(textField('Phone Number', 'phone', 'e.g. +1 555 123 4567')),
				typeField,
				{
					...textField('WhatsApp ID', 'waId', 'e.g. 15551234567'),
					description:
						'The number on WhatsApp, digits only. With it, the card offers to message the person; without it, to invite them.',
				},
			],
		},
		{ waId: 'wa_id' },
	),
	emails: contactList({
		name: 'emails',
		displayName: 'Email Addresses',
		rowName: 'email',
		rowDisplayName: 'Email Address',
		row: [alwaysShown(textField('Email', 'email', 'e.g. nathan@example.com')), typeField],
	}),
	urls: contactList({
		name: 'urls',
		displayName: 'Web Addresses',
		rowName: 'url',
		rowDisplayName: 'Web Address',
		row: [alwaysShown(textField('URL', 'url', 'e.g. https://example.com')), typeField],
	}),
	addresses: contactList(
		{
			name: 'addresses',
			displayName: 'Postal Addresses',
			rowName: 'address',
			rowDisplayName: 'Postal Address',
			row: [
				textField('Street', 'street', 'e.g. 1 Main Street'),
				textField('City', 'city', 'e.g. Springfield'),
				textField('State', 'state', 'e.g. IL'),
				textField('Postal Code', 'zip', 'e.g. 62701'),
				textField('Country', 'country', 'e.g. United States'),
				textField('Country Code', 'countryCode', 'e.g. US'),
				typeField,
			],
		},
		{ countryCode: 'country_code' },
	),
} satisfies Record<string, ContactList>;

const { phones, ...otherLists } = contactLists;

/** The fields of one contact: name and phone number, then what the editor offers to add. */
export const contactFields: INodeProperties[] = [
	alwaysShown({
		...textField('Full Name', 'formattedName', 'e.g. Dr. Ada Lovelace'),
		description: 'The name on the card. Leave empty to use the parts of the name.',
	}),
	alwaysShown(phones.field),
	textField('First Name', 'firstName', 'e.g. Ada'),
	textField('Middle Name', 'middleName', 'e.g. Augusta'),
	textField('Last Name', 'lastName', 'e.g. Lovelace'),
	textField('Prefix', 'prefix', 'e.g. Dr.'),
	textField('Suffix', 'suffix', 'e.g. Jr.'),
	...Object.values(otherLists).map(({ field }) => field),
	textField('Company', 'company', 'e.g. Analytical Engines Ltd'),
	textField('Department', 'department', 'e.g. Research'),
	textField('Job Title', 'jobTitle', 'e.g. Analyst'),
	{ ...textField('Birthday', 'birthday', 'e.g. 1990-12-31'), hint: 'As YYYY-MM-DD' },
];
