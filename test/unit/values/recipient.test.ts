import fc from 'fast-check';
import { FieldProblem } from '../../../nodes/WhatsAppCloud/values/problem';
import { parseGroup, parseRecipient } from '../../../nodes/WhatsAppCloud/values/recipient';

const phone = (to: string) => ({ to });

describe('parseRecipient', () => {
	test.each([
		['+1 (555) 123-4567', '', '+15551234567'],
		['+15551234567', 'DE', '+15551234567'],
		['0049 151 23456789', '', '+4915123456789'],
		['+49 (0)151 23456789', '', '+4915123456789'],
		['0151 23456789', 'DE', '+4915123456789'],
		['+49 0151 23456789', '', '+4915123456789'],
		['+0049 151 23456789', '', '+4915123456789'],
		['(+49) 151 23456789', '', '+4915123456789'],
		['+44 07911 123456', '', '+447911123456'],
		['+39 06 1234 5678', '', '+390612345678'],
		['+225 07 01 23 45 67', '', '+2250701234567'],
		['0151/23 45 67 89', 'DE', '+4915123456789'],
		['(555) 123-4567', 'US', '+15551234567'],
		['555.123.4567', 'US', '+15551234567'],
		['07700 900123', 'GB', '+447700900123'],
		['612 34 56 78', 'ES', '+34612345678'],
		['98765 43210', 'IN', '+919876543210'],
		// A wa_id from a webhook has the country code and no plus.
		['15551234567', '', '+15551234567'],
		['15551234567', 'US', '+15551234567'],
		['6581234567', '', '+6581234567'],
		['4520123456', '', '+4520123456'],
		['4915123456789', 'DE', '+4915123456789'],
		['972501234567', 'US', '+972501234567'],
		['whatsapp:+15551234567', '', '+15551234567'],
		['tel:+1-555-123-4567', '', '+15551234567'],
		['15551234567@s.whatsapp.net', '', '+15551234567'],
		// Direction marks that sneak in when you copy a contact.
		['\u202a+1 555 123 4567\u202c', '', '+15551234567'],
		['+١٥٥٥١٢٣٤٥٦٧', '', '+15551234567'],
		['＋１５５５１２３４５６７', '', '+15551234567'],
		['+1 555\u2011123\u20114567', '', '+15551234567'],
		// Mexican wa_ids have a 1 that the plain number lacks; the number stays as written.
		['+5215512345678', '', '+5215512345678'],
		['5215512345678', 'DE', '+5215512345678'],
	])('%s with default country "%s" is %s', (input, country, expected) => {
		expect(parseRecipient(input, country)).toEqual(phone(expected));
	});

	test.each(['US.13491208655302741918', 'US.ENT.11815799212886844830', 'DE.a1B2c3'])(
		'%s is a user ID',
		(input) => expect(parseRecipient(input, 'US')).toEqual({ recipient: input }),
	);

	test.each([
		['', '', /is empty/],
		['   ', '', /is empty/],
		['hello', 'US', /neither a phone number nor a user ID/],
		['+1 800 FLOWERS', '', /neither/],
		['+12', '', /no phone number: 2 digits/],
		['+1 555 123 456789012', '', /no phone number/],
		['+1234567890123456', '', /16 digits/],
		['0151 23456789', '', /no country code/],
		// Each reads like a number of Brazil, Egypt or the United States, and nobody there has it.
		['(555) 020-0002', '', /no country code/],
		['5550200002', '', /no country code/],
		['2025550143', '', /no country code/],
		['(11) 98765-4321', '', /no country code/],
		['5551234567', 'XX', /Default Country "XX"/],
		['+1 555 1234567, +1 555 7654321', '', /neither/],
		['439661', '', /6 digits/],
		['02490', 'DE', /5 digits/],
		['454247549569380', 'DE', /15 digits/],
	])('%j with default country "%s" is refused', (input, country, message) => {
		expect(() => parseRecipient(input, country)).toThrow(FieldProblem);
		expect(() => parseRecipient(input, country)).toThrow(message);
	});

	test('a local number without a default country is told both ways out', () => {
		const advice = (input: string): string => {
			try {
				parseRecipient(input, '');
				return '';
			} catch (error) {
				return (error as FieldProblem).advice;
			}
		};
		for (const input of ['(555) 020-0002', '0151 23456789']) {
			expect(advice(input)).toMatch(/\+1 555 123 4567, or set Default Country in the credential/);
		}
	});

	test('a number that is valid both locally and in full is refused instead of guessed', () => {
		// A full Austin, Texas number, or a German mobile number whose zero a spreadsheet dropped.
		expect(() => parseRecipient('15123456789', 'DE')).toThrow(
			/could be the local number \+4915123456789 or the full number \+15123456789/,
		);
	});

	test('whatever is written, the result is a plus with 7 to 15 digits, a user ID or a clear refusal', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 ().-]{0,25}$/)),
				fc.constantFrom('', 'US', 'DE', 'IN', 'BR'),
				(input, country) => {
					try {
						const result = parseRecipient(input, country);
						if ('to' in result) expect(result.to).toMatch(/^\+\d{7,15}$/);
						else expect(result.recipient).toMatch(/^[A-Z]{2}\./);
					} catch (error) {
						expect(error).toBeInstanceOf(FieldProblem);
						expect((error as FieldProblem).advice).not.toBe('');
					}
				},
			),
			{ numRuns: 2000 },
		);
	});

	test('a number in full is read the same with any default country', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[2-9]\d{9}$/),
				fc.constantFrom('', 'US', 'DE', 'FR', 'JP'),
				(national, country) => {
					expect(parseRecipient(`+1${national}`, country)).toEqual(phone(`+1${national}`));
				},
			),
		);
	});
});

test('a group is taken as it is', () => {
	expect(parseGroup(' Y2FwaV9ncm91cDox ')).toEqual({
		to: 'Y2FwaV9ncm91cDox',
		recipient_type: 'group',
	});
	expect(() => parseGroup(' ')).toThrow(FieldProblem);
});
