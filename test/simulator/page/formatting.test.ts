import fc from 'fast-check';
import { firstLink, parseBlocks, parseInline } from '../../../simulator/page/text/formatting.ts';
import type { Block, Inline } from '../../../simulator/page/text/formatting.ts';

/** All visible text of a tree, without formatting. */
function words(inline: Inline[]): string {
	return inline.map((one) => ('children' in one ? words(one.children) : one.text)).join('');
}

function blockWords(block: Block): string[] {
	if (block.kind === 'mono') return [block.text];
	if (block.kind === 'bullets' || block.kind === 'numbers') return block.items.map(words);
	return block.lines.map(words);
}

describe('WhatsApp formatting', () => {
	it.each([
		['*bold*', [{ kind: 'bold', children: [{ kind: 'text', text: 'bold' }] }]],
		['_it_', [{ kind: 'italic', children: [{ kind: 'text', text: 'it' }] }]],
		['~no~', [{ kind: 'strike', children: [{ kind: 'text', text: 'no' }] }]],
		['`a*b*`', [{ kind: 'code', text: 'a*b*' }]],
		['snake_case_name', [{ kind: 'text', text: 'snake_case_name' }]],
		['2*3*4', [{ kind: 'text', text: '2*3*4' }]],
		['* blank *', [{ kind: 'text', text: '* blank *' }]],
		['**', [{ kind: 'text', text: '**' }]],
		[
			'*a _b_*',
			[
				{
					kind: 'bold',
					children: [
						{ kind: 'text', text: 'a ' },
						{ kind: 'italic', children: [{ kind: 'text', text: 'b' }] },
					],
				},
			],
		],
		[
			'see https://example.com/a_b_c?x=1.',
			[
				{ kind: 'text', text: 'see ' },
				{
					kind: 'link',
					text: 'https://example.com/a_b_c?x=1',
					href: 'https://example.com/a_b_c?x=1',
				},
				{ kind: 'text', text: '.' },
			],
		],
		['javascript:alert(1)', [{ kind: 'text', text: 'javascript:alert(1)' }]],
	])('reads %s', (text, expected) => {
		expect(parseInline(text)).toEqual(expected);
	});

	it('reads lists, quotes and monospace as blocks', () => {
		const blocks = parseBlocks('a\n- one\n* two\n3. three\n> said\n```x = 1\ny```\nend');
		expect(blocks.map(({ kind }) => kind)).toEqual([
			'paragraph',
			'bullets',
			'numbers',
			'quote',
			'mono',
			'paragraph',
		]);
		expect(blocks.map(blockWords)).toEqual([
			['a'],
			['one', 'two'],
			['three'],
			['said'],
			['x = 1\ny'],
			['end'],
		]);
	});

	it('keeps a fence without partner as text', () => {
		expect(parseBlocks('a ```b').map(blockWords)).toEqual([['a ', '```b']]);
	});

	it('loses no letter and never fails', () => {
		const alphabet = fc.constantFrom('a', 'B', ' ', '*', '_', '~', '`', '\n', '>', '-', '1', '.');
		fc.assert(
			fc.property(fc.string({ unit: alphabet, maxLength: 60 }), (text) => {
				const letters = (from: string): string => from.replace(/[^aB]/g, '');
				const shown = parseBlocks(text).flatMap(blockWords).join('');
				expect(letters(shown)).toBe(letters(text));
			}),
		);
	});

	it('finds the first address as Meta does', () => {
		expect(firstLink('go to http://a.example/x, then https://b.example')).toBe(
			'http://a.example/x',
		);
		expect(firstLink('nothing here: ftp://a.example')).toBeNull();
	});
});
