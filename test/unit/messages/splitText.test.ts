import fc from 'fast-check';
import { countCharacters } from '../../../nodes/WhatsAppCloud/values/limits';
import { splitText } from '../../../nodes/WhatsAppCloud/messages/splitText';

const withoutSpace = (text: string): string => text.replace(/\s/g, '');

describe('where a text is divided', () => {
	test.each([
		['nowhere when it fits', 'One two.', ['One two.']],
		['exactly at the limit it fits', 'x'.repeat(20), ['x'.repeat(20)]],
		['between paragraphs', 'First part.\n\nSecond. Third.', ['First part.', 'Second. Third.']],
		['else between lines', 'First line\nnext, more words', ['First line', 'next, more words']],
		['else after a sentence', 'Is it so? Yes it is so.', ['Is it so?', 'Yes it is so.']],
		['after a closing quote', '“Is it?” Yes it surely is', ['“Is it?”', 'Yes it surely is']],
		['else between words', 'word after word again', ['word after word', 'again']],
		['else anywhere', 'x'.repeat(45), ['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(5)]],
		[
			'in Chinese, where no space follows',
			'今天天气很好吗？」他问我。我们去公园散步吧好不好呀',
			['今天天气很好吗？」他问我。', '我们去公园散步吧好不好呀'],
		],
	])('%s', (_where, text, parts) => expect(splitText(text, 20)).toEqual(parts));

	test('a seam near the beginning makes no crumb', () =>
		expect(splitText('Hi.\n\nLong enough text', 20)).toEqual(['Hi.\n\nLong enough', 'text']));

	test('an abbreviation or a number is no end of a sentence', () =>
		expect(splitText('It costs 3.50 and 12:30', 20)).toEqual(['It costs 3.50 and', '12:30']));

	test('formatting inside a paragraph stays together', () => {
		const [first] = splitText(`*Bold* and plain\n\n${'y'.repeat(18)}`, 20);
		expect(first).toBe('*Bold* and plain');
	});

	test.each(['', '  \n '])('%j gives nothing', (text) => expect(splitText(text, 20)).toEqual([]));
});

describe('for any text', () => {
	const anyText = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 400 }),
		fc
			.array(fc.constantFrom('word', 'a.', '👩‍👩‍👧', 'e\u0301', 'שלום', '\n', '\n\n', ' ', '  ', '?'), {
				maxLength: 120,
			})
			.map((pieces) => pieces.join('')),
	);

	test('parts fit, are not empty, and lose nothing but white space at the seams', () => {
		fc.assert(
			fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, max) => {
				const parts = splitText(text, max);
				for (const part of parts) {
					expect(countCharacters(part)).toBeLessThanOrEqual(max);
					expect(part.trim()).not.toBe('');
				}
				expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text));
			}),
		);
	});

	test('no part ends in half a character', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
				for (const part of splitText(text, 7)) expect(Buffer.from(part).toString()).toBe(part);
			}),
		);
	});

	test('a text within the limit stays as it is, but for its ends', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 50 }), (text) => {
				expect(splitText(text, 50)).toEqual(text.trim() === '' ? [] : [text.trim()]);
			}),
		);
	});
});

test('81,920 characters without a seam are divided in a moment', () => {
	expect(splitText('x'.repeat(81_920), 4096)).toHaveLength(20);
	expect(splitText(' '.repeat(40_000) + 'x', 4096)).toEqual(['x']);
});
