import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whereToFind } from '../../../nodes/WhatsAppCloud/graph/credential/whereToFind';
import { root } from './markdown';

/** What the package says, with `…` for whatever is filled in. */
const said = globSync('{nodes,credentials}/**/*.ts', { cwd: root })
	.map((path) => readFileSync(join(root, path), 'utf8'))
	.join('\n')
	.replaceAll(/\$\{[^}]*\}/g, '…')
	.replaceAll("\\'", "'");

/** Names of fields, which the code fills in. */
const labels = Object.keys(whereToFind);

/** The parts of a text between what is filled in. */
const partsOf = (text: string): string[] =>
	labels
		.reduce((rest, label) => rest.replaceAll(label, '…'), text)
		.split('…')
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** Whatever stands in quotes in the first cells of tables. */
const quoted = (page: string): string[] =>
	[...page.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text),
	);

describe('errors that docs/quick-start.md quotes', () => {
	const quotes = quoted(readFileSync(join(root, 'docs/quick-start.md'), 'utf8'));

	test('are there to be checked', () => expect(quotes.length).toBeGreaterThan(15));

	test.each(quotes)('%s', (quote) => {
		const parts = partsOf(quote);
		expect(parts).not.toEqual([]);
		expect(parts.filter((part) => !said.includes(part))).toEqual([]);
	});

	test('would be found if the package said something else', () => {
		const [quote = ''] = quoted('| "Access Token is nothing that anybody knows" | x |');
		expect(partsOf(quote).filter((part) => !said.includes(part))).toHaveLength(1);
	});
});
