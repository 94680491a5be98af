import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage, readPages, root, type Page } from './markdown';

const pages = readPages();
const { scripts, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
	bin: Record<string, string>;
};

/** npm's own commands that a page may name. */
const npmCommands = ['audit', 'ci', 'install', 'pack', 'publish', 'version', 'view'];

/** Languages of blocks whose lines are typed into a shell. */
const shells = ['sh', 'bash', ''];

const exists = (path: string): boolean => existsSync(join(root, path));

/** Each command of a page that starts something of this repository, as its words. */
function commandsOf({ blocks, snippets }: Page): string[][] {
	const lines = blocks
		.filter(({ language }) => shells.includes(language))
		.flatMap(({ code }) => code.split('\n').map((line) => line.replace(/(^|\s)#.*/, '')));
	return (
		[...lines, ...snippets]
			.flatMap((line) => line.split(/&&|\||;/))
			.map((command) => command.trim().split(/\s+/))
			.map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
			.filter(([program = '']) => ['npm', 'npx', 'node', '.ci/run'].includes(program))
			// A program's name alone, such as `node`, is no command.
			.filter((words) => words.length > 1 || words[0] === '.ci/run')
	);
}

/** What a command starts that does not exist; null if all of it does. */
function missingIn([program = '', ...words]: string[]): string | null {
	const [first = '', second = ''] = words.filter((word) => !word.startsWith('--'));
	switch (program) {
		case 'npm':
			if (first === 'run') return second in scripts || second === '' ? null : second;
			return first in scripts || npmCommands.includes(first) ? null : first;
		case 'npx':
			return first in bin || exists(`node_modules/.bin/${first}`) ? null : first;
		case 'node':
			return (
				[first, second]
					.filter((path) => /\.[cm]?[jt]s$/.test(path))
					.find((path) => !exists(path)) ?? null
			);
		default:
			return exists(program) ? null : program;
	}
}

const missing = (page: Page): string[] =>
	commandsOf(page).flatMap((words) => {
		const name = missingIn(words);
		return name === null ? [] : [`${page.path}: ${words.join(' ')} (${name})`];
	});

describe('commands', () => {
	test('are there to be checked', () =>
		expect(pages.flatMap(commandsOf).length).toBeGreaterThan(40));

	test.each(pages.map((page): [string, Page] => [page.path, page]))('of %s exist', (_, page) =>
		expect(missing(page)).toEqual([]),
	);

	test.each([
		['`npm run nothing`', 'nothing'],
		['`X=1 npm run --silent nothing -- a`', 'nothing'],
		['`npm nothing`', 'nothing'],
		['`npx nothing-of-ours`', 'nothing-of-ours'],
		['`node scripts/bootstrap.mjs scripts/nothing.ts`', 'scripts/nothing.ts'],
		['```sh\nnpm test   # all\nnpm run nothing\n```', 'nothing'],
		['`npm run lint && npm run nothing`', 'nothing'],
	])('that do not exist are found: %s', (text, name) =>
		expect(missing(readPage('README.md', text))).toEqual([expect.stringContaining(`(${name})`)]),
	);

	test('every script that people start is told', () => {
		const told = pages.flatMap(commandsOf).flat();
		const started = Object.keys(scripts).filter((name) => !/^(pre|post)/.test(name));
		expect(started.filter((name) => !told.includes(name))).toEqual([]);
	});
});

describe('JSON in pages', () => {
	const blocks = pages.flatMap(({ path, blocks: all }) =>
		all.filter(({ language }) => language === 'json').map(({ code }) => ({ path, code })),
	);

	test('is there to be checked', () => expect(blocks.length).toBeGreaterThan(10));

	test.each(blocks.map(({ path, code }) => [`${path}: ${code.slice(0, 50)}`, code]))(
		'%s',
		(_, code) => expect(() => JSON.parse(code) as unknown).not.toThrow(),
	);
});

describe('files that pages name', () => {
	// The architecture page names files as the folders that it is about see them.
	const places = [
		'',
		'docs/',
		...['', 'sending/', 'store/', 'trigger/'].map((folder) => `nodes/WhatsAppCloud/${folder}`),
	];
	/** In the samples, which are not part of the repository. */
	const elsewhere = ['openapi/message.patched.schema.json'];
	const path = /^(?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|json|md|yml)$/;

	test.each(pages.map((page): [string, Page] => [page.path, page]))('%s', (_, { snippets }) => {
		const named = snippets.filter((snippet) => path.test(snippet) && !elsewhere.includes(snippet));
		expect(named.filter((name) => !places.some((place) => exists(place + name)))).toEqual([]);
	});
});
