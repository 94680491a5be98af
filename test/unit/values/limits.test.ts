import { countCharacters, formatNumber } from '../../../nodes/WhatsAppCloud/values/limits';

describe('countCharacters', () => {
	test.each([
		['', 0],
		['abc', 3],
		['äöü', 3],
		['😀', 1],
		// Skin tone and joined family: one symbol on screen, several code points.
		['👍🏽', 2],
		['e\u0301', 2],
		['שלום', 4],
		// A lone surrogate counts as itself.
		['\ud83d', 1],
		['\ud83d\ud83d\ude00', 2],
	])('%j has %i', (text, expected) => expect(countCharacters(text)).toBe(expected));
});

test.each([
	[5, '5'],
	[1024, '1,024'],
	[1_000_000, '1,000,000'],
	[-1234.567891, '-1,234.567891'],
])('formatNumber(%s) is %s', (value, expected) => expect(formatNumber(value)).toBe(expected));
