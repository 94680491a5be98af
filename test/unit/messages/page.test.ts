import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeProperties } from '../../../nodes/WhatsAppCloud/operations/description';
import { fillPage, withSections } from '../../../scripts/docs/fill-page.ts';
import { headings, messageBlocks } from '../../../scripts/docs/message-blocks.ts';

const docs = join(__dirname, '../../../docs');
const page = readFileSync(join(docs, 'messages.md'), 'utf8');
const pictures = readdirSync(join(docs, 'images/messages'));
const blocks = messageBlocks(nodeProperties());

describe('docs/messages.md', () => {
	test('has the fields of the node; otherwise: npm run docs', () => {
		expect(fillPage(page, blocks, pictures)).toBe(page);
	});

	test('differs from the fields once one has another limit', () => {
		const changed = nodeProperties().map((field) =>
			field.name === 'caption' ? { ...field, hint: 'Up to 999 characters' } : field,
		);
		expect(fillPage(page, messageBlocks(changed), pictures)).not.toBe(page);
	});

	test.each([
		['a type without a place', page.replace('<!-- fields sendMedia.sticker -->', ''), pictures],
		['a place for a type that is gone', `${page}\n<!-- fields sendFax --><!-- end -->`, pictures],
		['a picture without a place', page, [...pictures, 'sendTemplate.new.png']],
	])('is refused with %s', (_case, text, files) => {
		expect(() => fillPage(text, blocks, files)).toThrow(/sendMedia\.sticker|sendFax|new\.png/);
	});
});

describe('a new type', () => {
	const without = (name: string): string =>
		page.replace(
			new RegExp(
				`#+ [^\\n]*\\n\\n(?:[^#<][^\\n]*\\n\\n)?<!-- fields ${name} -->[^]*?<!-- end -->\\n*`,
			),
			'',
		);
	const titles = headings(nodeProperties(), blocks.keys());

	test.each([
		['sendInteractive.cta_url', '### Link button', 'sendInteractive.order_status', '## Products'],
		['sendReaction', '## Reaction', 'media.delete', '## Adding a type'],
	])('%s gets a section behind its siblings', (name, heading, before, after) => {
		const filled = fillPage(withSections(without(name), titles), blocks, pictures);
		const at = filled.indexOf(`\n${heading}\n\n<!-- fields ${name} -->`);
		expect(at).toBeGreaterThan(filled.indexOf(`<!-- fields ${before} -->`));
		expect(at).toBeLessThan(filled.indexOf(`\n${after}\n`));
	});

	test('has a heading, and so have parts of a template and operations on files', () => {
		const shared = ['everySend', 'options', 'files'];
		const untitled = [...blocks.keys()].filter((name) => !titles.has(name));
		expect(untitled).toEqual(shared);
		expect(titles.get('media.upload')).toBe('Upload');
		expect(titles.get('sendTemplate.tap_target')).toBe('Tap target');
	});

	test('leaves a page alone that has them all', () =>
		expect(withSections(page, titles)).toBe(page));
});

describe('the tables', () => {
	test('name a list with its rows, conditions and JSON form', () => {
		expect(blocks.get('sendInteractive.button')).toContain(
			'| Header Text | `headerText` | _Where Header is Text._ Up to 60 characters. |',
		);
		expect(blocks.get('sendInteractive.button')).toContain('| Buttons › Title | `buttons.title` |');
		expect(blocks.get('sendInteractive.button')).toContain('"title": "Yes"');
	});

	test('have options of one type there, and those of all types once', () => {
		expect(blocks.get('options')).toContain('`trackingText`');
		expect(blocks.get('sendInteractive.order_details')).toContain('`options.expiresAt`');
		for (const [name, table] of blocks) {
			if (name === 'options') continue;
			expect([name, table.includes('trackingText')]).toEqual([name, false]);
		}
	});

	test('join a field that several choices show', () => {
		expect(blocks.get('sendTemplate.header')).toContain(
			'| File From | `headerMediaSource` | _Where Header is Image, Video, GIF or Document._ A [file](#files)',
		);
	});
});
