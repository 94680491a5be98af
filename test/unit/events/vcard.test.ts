import fc from 'fast-check';

import { readContactCards } from '../../../nodes/WhatsAppCloud/events/messages/contactCard';
import { readSharedContacts } from '../../../nodes/WhatsAppCloud/events/messages/contacts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n');
const only = (text: string) => {
	const [contact, ...others] = readContactCards(text);
	expect(others).toEqual([]);
	return contact;
};

test('version 2.1: quoted-printable over several lines, types without a name, another character set', () => {
	const text = card(
		'VERSION:2.1',
		'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;;',
		'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=B6rg=20M=C3=',
		'=BCller, der mit dem langen Namen',
		'TEL;CELL;PREF;WAID=4915112345678:+49 1511 2345678',
		'TEL;WORK:030 000',
		'ADR;HOME:;;Hauptstr. 1;Berlin;;10115;Germany',
	);
	expect(only(text)).toEqual({
		name: {
			formattedName: 'Jörg Müller, der mit dem langen Namen',
			firstName: 'Jörg',
			lastName: 'Müller',
		},
		phones: [
			{ phone: '+49 1511 2345678', waId: '4915112345678', type: 'CELL' },
			{ phone: '030 000', type: 'WORK' },
		],
		addresses: [
			{
				street: 'Hauptstr. 1',
				city: 'Berlin',
				zip: '10115',
				country: 'Germany',
				type: 'HOME',
			},
		],
	});
});

test('version 4.0: addresses as URIs, quoted parameters, circumflexes', () => {
	const text = card(
		'VERSION:4.0',
		'FN:Bea Lind',
		'TEL;VALUE=uri;TYPE="voice,cell";waid=46701234567:tel:+46-70-123-45-67;ext=2',
		'X-NOTE;LABEL="a:b;c, ^\'d^\'":e',
		'EMAIL;TYPE=work:mailto:bea@example.com',
		'URL:https://example.com/?a=1;b',
		'BDAY:19900102',
	);
	expect(only(text)).toEqual({
		name: { formattedName: 'Bea Lind' },
		phones: [{ phone: '+46-70-123-45-67', waId: '46701234567', type: 'CELL' }],
		emails: [{ email: 'bea@example.com', type: 'WORK' }],
		urls: [{ url: 'https://example.com/?a=1;b' }],
		birthday: '19900102',
	});
});

test.each<[string, string, string | undefined]>([
	['the whole name', card('FN:A\\, B\\;C'), 'A, B;C'],
	['the parts of the name', card('N:Lind;Bea;Maria;Dr.;Jr.'), 'Dr. Bea Maria Lind Jr.'],
	['the nickname', card('NICKNAME:Bea'), 'Bea'],
	['the company', card('ORG:Lind & Co;Sales'), 'Lind & Co'],
	['a name that is folded as version 3.0 folds', card('VERSION:3.0', 'FN:Be', ' a'), 'Bea'],
	[
		'a name that is folded as version 2.1 folds',
		card('VERSION:2.1', 'FN:Bea', ' Lind'),
		'Bea Lind',
	],
	['no name', card('TEL:1'), undefined],
])('the name is %s', (_, text, formattedName) => {
	const name = only(text)?.['name'];
	if (formattedName === undefined) expect(name).toBeUndefined();
	else expect(name).toMatchObject({ formattedName });
});

test.each<[string, string]>([
	['line breaks of Unix', 'BEGIN:VCARD\nFN:Bea\nTEL;waid=46:+46\nEND:VCARD'],
	['small letters', 'begin:vcard\nfn:Bea\ntel;WaId=46:+46\nend:vcard'],
	['no end', 'BEGIN:VCARD\nFN:Bea\nTEL;waid=46:+46'],
	['no beginning', 'FN:Bea\nTEL;waid=46:+46'],
	['lines that are none', 'BEGIN:VCARD\n\nnonsense\nFN:Bea\nTEL;waid=46:+46\n;;:\nEND:VCARD'],
	[
		'somebody else inside',
		'BEGIN:VCARD\nFN:Bea\nAGENT:\nBEGIN:VCARD\nFN:Carl\nEND:VCARD\nTEL;waid=46:+46\nEND:VCARD',
	],
])('a card with %s is read', (_, text) => {
	expect(only(text)).toMatchObject({
		name: { formattedName: 'Bea' },
		phones: [{ phone: '+46', waId: '46' }],
	});
});

test('a number that only the ID tells, and one that is nothing', () => {
	expect(only(card('FN:Bea', 'TEL;waid=46701234567:', 'TEL:'))?.['phones']).toEqual([
		{ phone: '+46701234567', waId: '46701234567' },
	]);
});

test('several people in one card, and several cards in one contact', () => {
	const [bea, carl] = [card('FN:Bea'), card('FN:Carl', 'TEL:1')];
	for (const vcard of [`${bea}\r\n${carl}`, [bea, carl]]) {
		expect(readSharedContacts([{ vcard }])).toMatchObject({
			text: 'Bea\nCarl: 1',
			sharedContacts: [{ name: { formattedName: 'Bea' } }, { phones: [{ phone: '1' }] }],
		});
	}
});

test('what Meta has taken apart counts; the card fills what is missing', () => {
	const contact = {
		name: { formatted_name: 'From Meta' },
		phones: [{ phone: '+46 70 1234567' }],
		emails: [],
		vcard: card('FN:From the card', 'TEL;waid=46701234567:+46701234567', 'EMAIL:a@example.com'),
	};
	expect(readSharedContacts([contact])).toMatchObject({
		text: 'From Meta: +46 70 1234567',
		sharedContacts: [
			{
				name: { formattedName: 'From Meta' },
				phones: [{ phone: '+46 70 1234567', waId: '46701234567' }],
				emails: [{ email: 'a@example.com' }],
			},
		],
	});
});

test.each([[{ vcard: 'no card at all' }], [{ vcard: 5 }], [{ vcard: {} }], [{ vcard: [] }], [{}]])(
	'%j stays as it is',
	(contact) => {
		expect(readSharedContacts([contact])).toEqual({ text: null, sharedContacts: [contact] });
	},
);

test('no text throws, however broken', () => {
	const line = fc.oneof(
		fc.string(),
		fc.constantFrom('BEGIN:VCARD', 'END:VCARD', 'TEL;waid=":1', 'FN;QUOTED-PRINTABLE:=', '=', ' x'),
	);
	fc.assert(
		fc.property(fc.array(line), (lines) => {
			for (const contact of readContactCards(lines.join('\n'))) {
				expect(Object.keys(contact)).not.toEqual([]);
			}
		}),
	);
});
