import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readPage, readPages, root, type Page } from './markdown';

const pages = readPages();
const anchorsOf = new Map(pages.map(({ path, anchors }) => [path, anchors]));

/** Where the package's panels and codex files link to. */
const repository = 'https://github.com/n8n-nodes-whatsapp-cloud/n8n-nodes-whatsapp-cloud';

const isOutside = (link: string): boolean => /^[a-z]+:/i.test(link);

/** Why a link leads nowhere, as seen from its page; null for one that leads somewhere. */
function problemOf(from: Pick<Page, 'path' | 'anchors'>, link: string): string | null {
	if (isOutside(link)) return /^(https|mailto):/.test(link) ? null : 'is not https';
	const [target = '', anchor] = link.split('#');
	if (target.startsWith('/')) return 'begins at the root, which is another one on GitHub';
	const path = posix.join(posix.dirname(from.path), decodeURI(target));
	if (target !== '' && !existsSync(join(root, path))) return 'names no file';
	if (anchor === undefined) return null;
	const anchors = target === '' ? from.anchors : anchorsOf.get(path);
	if (anchors === undefined) return 'names a place in something that is no page';
	return anchors.has(anchor) ? null : 'names no heading';
}

const problems = (page: Page): string[] =>
	page.links.flatMap((link) => {
		const problem = problemOf(page, link);
		return problem === null ? [] : [`${page.path}: ${link} ${problem}`];
	});

describe('links', () => {
	test('are there to be checked', () => {
		expect(pages.length).toBeGreaterThan(25);
		expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(300);
	});

	test.each(pages.map((page): [string, Page] => [page.path, page]))(
		'of %s lead somewhere',
		(_, page) => expect(problems(page)).toEqual([]),
	);

	test.each([
		['[a](docs/nothing.md)', 'names no file'],
		['[a](docs/state.md#nothing)', 'names no heading'],
		['[a](#nothing)', 'names no heading'],
		['![a](docs/images/nothing.png)', 'names no file'],
		['<img src="docs/images/nothing.png">', 'names no file'],
		['<a href="docs/nothing.md">', 'names no file'],
		['[a](http://example.com)', 'is not https'],
		['[a](/docs/state.md)', 'begins at the root'],
	])('that lead nowhere are found: %s', (text, problem) =>
		expect(problems(readPage('README.md', text))).toEqual([expect.stringContaining(problem)]),
	);

	test.each([
		['[a](docs/state.md#hashed-recipients)'],
		['[a](docs/troubleshooting.md#131047)'],
		['[a](https://example.com/#x)'],
		['`[a](docs/nothing.md)`'],
		['# What *is* "this"?\n\n[a](#what-is-this)'],
		['# Twice\n\n# Twice\n\n[a](#twice-1)'],
	])('that lead somewhere are not: %s', (text) =>
		expect(problems(readPage('README.md', text))).toEqual([]),
	);

	test('of panels, codex files and the simulator lead to pages and headings that exist', () => {
		const files = globSync('{nodes,credentials,simulator,converter,scripts}/**/*.{ts,json}', {
			cwd: root,
		});
		const found = files.flatMap((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			const wholes = text.matchAll(
				new RegExp(`${repository}/blob/main/([\\w./-]+(?:#[\\w-]+)?)`, 'g'),
			);
			// Panels write the folder once: `${docs}/state.md#hashed-recipients`.
			const parts = text.matchAll(/\$\{docs\}\/([\w./-]+(?:#[\w-]+)?)/g);
			return [
				...[...wholes].map(([, link = '']) => ({ file, link })),
				...[...parts].map(([, link = '']) => ({ file, link: `docs/${link}` })),
			];
		});
		expect(found.length).toBeGreaterThan(5);
		const broken = found.filter(
			({ link }) => problemOf({ path: 'README.md', anchors: new Set() }, link) !== null,
		);
		expect(broken).toEqual([]);
	});
});

test('docs/README.md names every page of the folder, and README.md that page', () => {
	const indexed = pages.find(({ path }) => path === 'docs/README.md')?.links ?? [];
	const named = new Set(indexed.map((link) => link.split('#')[0]));
	const missing = pages
		.map(({ path }) => path)
		.filter((path) => path.startsWith('docs/') && path !== 'docs/README.md')
		.filter((path) => !named.has(path.slice('docs/'.length)));
	expect(missing).toEqual([]);
	expect(pages.find(({ path }) => path === 'README.md')?.links).toContain('docs/README.md');
});
