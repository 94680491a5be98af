import { contentOf, problemsOf } from '../../fixtures/messageProblems';

const problems = (contacts: unknown): string[] => problemsOf('sendContacts', { contacts });
const cards = (contacts: unknown): unknown => contentOf('sendContacts', { contacts })['contacts'];
const card = (contact: Record<string, unknown>): unknown => (cards([contact]) as unknown[])[0];

const ada = { firstName: 'Ada' };

test.each([
	['one contact', [ada]],
	['257 contacts', Array.from({ length: 257 }, () => ada)],
	['a contact without a list around it', ada],
	['contacts as JSON text', JSON.stringify([ada])],
	['rows of the editor', { contact: [ada] }],
	['a leap day', [{ ...ada, birthday: '2024-02-29' }]],
	['a birthday from a date picker', [{ ...ada, birthday: '1990-12-10T00:00:00' }]],
	['no birthday', [{ ...ada, birthday: '' }]],
	['a name of any length', [{ firstName: 'x'.repeat(5000) }]],
	['empty lists', [{ ...ada, phones: {}, emails: [], urls: '', addresses: null }]],
])('%s: taken', (_, contacts) => expect(problems(contacts)).toEqual([]));

test.each([
	[[], 'Contacts: is empty'],
	[undefined, 'Contacts: is empty'],
	[{}, 'Contacts: is empty'],
	[Array.from({ length: 258 }, () => ada), 'Contacts: can have at most 257 entries, but has 258'],
	[7, 'Contacts: must be a list, but is the number 7'],
	[['Ada'], 'Contacts › Contact 1: must be an object, but is the text "Ada"'],
	[
		[ada, { firstName: '' }],
		'Contacts › Contact 2 › Full Name: is empty, and so are the other parts of the name',
	],
	[
		[{ firstName: true }],
		'Contacts › Contact 1 › First Name: must be text, but is the boolean true',
	],
	[
		[{ ...ada, birthday: '10.12.1990' }],
		'Contacts › Contact 1 › Birthday: must be a day as YYYY-MM-DD, but is "10.12.1990"',
	],
	[
		[{ ...ada, birthday: '2023-02-29' }],
		'Contacts › Contact 1 › Birthday: must be a day as YYYY-MM-DD, but is "2023-02-29"',
	],
	[
		[{ ...ada, birthday: 19901210 }],
		'Contacts › Contact 1 › Birthday: must be a day as YYYY-MM-DD, but is "19901210"',
	],
	[
		[ada, { ...ada, phones: [{ phone: '+1' }, { phone: {} }] }],
		'Contacts › Contact 2 › Phone Numbers › Phone Number 2 › Phone Number: must be text, but is an object',
	],
	[
		[{ ...ada, addresses: true }],
		'Contacts › Contact 1 › Postal Addresses: must be a list, but is the boolean true',
	],
])('%j: %s', (contacts, message) => {
	expect(problems(contacts)).toEqual([message]);
});

describe('the name that is shown', () => {
	test.each([
		['the given one', { formattedName: 'The Countess', firstName: 'Ada' }, 'The Countess'],
		[
			'its parts in the order of speech',
			{ suffix: 'FRS', lastName: 'Lovelace', firstName: 'Ada', prefix: 'Dr.', middleName: 'A.' },
			'Dr. Ada A. Lovelace FRS',
		],
		['a part alone', { lastName: 'Lovelace' }, 'Lovelace'],
		['the company of a card without a person', { company: 'Plants Ltd' }, 'Plants Ltd'],
		['empty parts left out', { formattedName: ' ', firstName: '', lastName: ' Ada ' }, 'Ada'],
	])('%s', (_, contact, formatted) =>
		expect(card(contact)).toMatchObject({ name: { formatted_name: formatted } }),
	);

	test('never stands alone, as older pages of Meta ask', () => {
		expect(card({ formattedName: 'Ada' })).toEqual({
			name: { formatted_name: 'Ada', first_name: 'Ada' },
		});
	});
});

test('numbers of a table are texts', () => {
	expect(card({ ...ada, phones: [15551234567], addresses: [{ zip: 62701 }] })).toMatchObject({
		phones: [{ phone: '15551234567' }],
		addresses: [{ zip: '62701' }],
	});
});

test.each([
	['phones', 'Phone Numbers › Phone Number 1', { phone: '', type: '', waId: '' }],
	['phones', 'Phone Numbers › Phone Number 1', { phone: '', type: 'Work' }],
	['emails', 'Email Addresses › Email Address 1', { email: ' ' }],
	['urls', 'Web Addresses › Web Address 1', ''],
	['addresses', 'Postal Addresses › Postal Address 1', {}],
])('%s with an empty entry', (list, label, entry) => {
	expect(problems([{ ...ada, [list]: [entry] }])).toEqual([
		`Contacts › Contact 1 › ${label}: is empty; fill it in or remove it`,
	]);
});

test('empty parts of a contact and of an entry are left out', () => {
	const phones = [{ phone: '', waId: '1', type: '' }, '+1'];
	expect(card({ ...ada, phones, company: '' })).toEqual({
		name: { formatted_name: 'Ada', first_name: 'Ada' },
		phones: [{ wa_id: '1' }, { phone: '+1' }],
	});
});

test('plain values stand for entries', () => {
	expect(
		card({ ...ada, phones: ['+1 555'], emails: ['a@example.com'], urls: 'https://example.com' }),
	).toMatchObject({
		phones: [{ phone: '+1 555' }],
		emails: [{ email: 'a@example.com' }],
		urls: [{ url: 'https://example.com' }],
	});
});
