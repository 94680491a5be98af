import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsOf, type Needs } from './imports';
import {
	acrossTheSides,
	circlesInTheTable,
	circlesOfFiles,
	crowdedFolders,
	impurities,
	longFiles,
	outsideTheTable,
	reachesForTheWorld,
	readTable,
	sharedNames,
} from './rules';

const root = join(__dirname, '../../..');

/** Plain JavaScript: the build needs it, or it runs before the dependencies are installed. */
const notTypeScript = [
	'scripts/download-ahead.mjs',
	'scripts/bundle-options.mjs',
	'scripts/bundled/packages.mjs',
];

/** Reads what each file in a tree needs. */
function readTree(texts: Record<string, string>): Map<string, Needs> {
	const exists = (path: string): boolean => Object.hasOwn(texts, path);
	const files = Object.entries(texts);
	return new Map(files.map(([path, text]) => [path, needsOf(path, text, exists)]));
}

describe('the structure of the code', () => {
	const paths = globSync('{converter,credentials,nodes,scripts,simulator}/**/*.ts', { cwd: root });
	const files = readTree(
		Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
	);
	const needs = [...files.values()];
	const table = readTable(readFileSync(join(root, 'docs/architecture.md'), 'utf8'));

	test('was read', () => {
		expect(files.size).toBeGreaterThan(300);
		expect(table.pure).toContain('messages/');
		const imports = needs.flatMap((each) => each.imports);
		expect(imports.filter(({ to }) => to.startsWith('nodes/')).length).toBeGreaterThan(500);
	});

	test('each file that is imported is there', () => {
		const missing = needs
			.flatMap(({ imports }) => imports)
			.filter(({ to }) => /^(converter|credentials|nodes|scripts|simulator|\.)/.test(to))
			.filter(({ to }) => !files.has(to) && !notTypeScript.includes(to))
			.map(({ from, to }) => `${from} imports ${to}`);
		expect(missing).toEqual([]);
	});

	test('imports go the ways that docs/architecture.md names', () =>
		expect(outsideTheTable(needs, table)).toEqual([]));

	test('these ways lead down only', () => expect(circlesInTheTable(table)).toEqual([]));

	test('no files import each other in a circle', () => expect(circlesOfFiles(needs)).toEqual([]));

	test('pure folders touch neither n8n nor the machine', () =>
		expect(impurities(files, table)).toEqual([]));

	test('nor do they through what they import', () =>
		expect(reachesForTheWorld(files, table)).toEqual([]));

	test('a folder has a size that one can take in', () => expect(crowdedFolders(paths)).toEqual([]));

	test('no file of code is too long, tests included', () => {
		const all = globSync(
			'{.,converter/**,credentials/**,nodes/**,scripts/**,simulator/**,test/**}/*.{ts,mjs,js,css,html}',
			{
				cwd: root,
				exclude: ['**/node_modules/**'],
			},
		);
		const texts = all.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
		expect(texts.length).toBeGreaterThan(1_000);
		expect(longFiles(new Map(texts))).toEqual([]);
	});

	test('no two files share a name', () => expect(sharedNames(paths)).toEqual([]));

	test('the package, the simulator and the converter know nothing of each other', () =>
		expect(acrossTheSides(needs)).toEqual([]));

	test('the folders of the converter import downwards only', () => {
		const layers = [['command'], ['.'], ['hooks', 'requests'], ['nodes'], ['expressions']];
		const lowest = ['workflow', 'report'];
		const folderOf = (path: string): string => /^converter\/(\w+)\//.exec(path)?.[1] ?? '.';
		const layerOf = (folder: string): number =>
			lowest.includes(folder)
				? layers.length
				: layers.findIndex((folders) => folders.includes(folder));
		const ways = needs
			.flatMap(({ imports }) => imports)
			.filter(({ from, to }) => from.startsWith('converter/') && to.startsWith('converter/'))
			.filter(({ from, to }) => folderOf(from) !== folderOf(to));
		expect(ways.length).toBeGreaterThan(30);
		const up = ways.filter(({ from, to }) => layerOf(folderOf(from)) >= layerOf(folderOf(to)));
		expect(up.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
	});

	test('the converter reads no file but in its command: it runs in a browser, too', () => {
		const core = [...files.entries()].filter(([path]) => /^converter\/(?!command)/.test(path));
		const outside = core.flatMap(([path, { imports, globals }]) => [
			...imports.filter(({ to }) => !to.startsWith('converter/')).map(({ to }) => `${path} ${to}`),
			...globals.map((name) => `${path} ${name}`),
		]);
		expect(core.length).toBeGreaterThan(10);
		expect(outside).toEqual([]);
	});
});

describe('the rules themselves', () => {
	const here = 'nodes/WhatsAppCloud';
	const table = readTable(`
| folder    | may import         | pure |
| --------- | ------------------ | ---- |
| \`*.node.ts\`    | \`time/\` \`state/\` | no   |
| \`time/\` | \`state/\`           | yes  |
| \`state/\`  |                    | no   |
`);

	test.each([
		["import { a } from '../time/hours';"],
		["import type { A } from '../time/hours';"],
		["export { a } from '../time/hours';"],
		["type A = import('../time/hours').A;"],
		["const load = () => import('../time/hours');"],
	])('a way up is found: %s', (text) => {
		const files = readTree({ [`${here}/state/a.ts`]: text, [`${here}/time/hours.ts`]: '' });
		expect(outsideTheTable([...files.values()], table)).toEqual([
			`${here}/state/a.ts imports ${here}/time/hours.ts`,
		]);
	});

	test('a folder without a row is found', () => {
		const files = readTree({
			[`${here}/extra/a.ts`]: "import '../state/a';",
			[`${here}/state/a.ts`]: '',
		});
		expect(outsideTheTable([...files.values()], table)).toHaveLength(1);
	});

	describe('a folder below another, with a row of its own,', () => {
		const nested = readTable(`
| folder             | may import         | pure |
| ------------------ | ------------------ | ---- |
| \`trigger/receive/\` | \`trigger/\`       | yes  |
| \`trigger/\`         |                    | no   |
`);
		const [inner, deeper] = [`${here}/trigger/receive/a.ts`, `${here}/trigger/receive/parts/a.ts`];
		const outer = `${here}/trigger/settings/a.ts`;

		test.each([inner, deeper])('imports what its own row allows: %s', (from) => {
			const down = readTree({ [from]: `import '${up(from)}${outer}';`, [outer]: '' });
			expect(outsideTheTable([...down.values()], nested)).toEqual([]);
			const back = readTree({ [outer]: `import '${up(outer)}${from}';`, [from]: '' });
			expect(outsideTheTable([...back.values()], nested)).toEqual([`${outer} imports ${from}`]);
		});

		test('is pure by its own row', () => {
			const text = 'const now = Date.now();';
			const files = readTree({ [inner]: text, [deeper]: text, [outer]: text });
			expect(impurities(files, nested)).toEqual([
				`${inner} uses Date.now`,
				`${deeper} uses Date.now`,
			]);
		});
	});

	test('a row that allows a folder without a row is found', () => {
		const rows = '| folder | may import | pure |\n| --- | --- | --- |\n| `time/` | `stat/` | yes |';
		expect(() => readTable(rows)).toThrow('No row for stat/, named by time/');
	});

	test('a circle in the table is found', () => {
		const round = {
			...table,
			allowed: new Map([
				['time/', new Set(['state/'])],
				['state/', new Set(['time/'])],
			]),
		};
		expect(circlesInTheTable(round)).toEqual(['time/ → state/ → time/']);
	});

	test('a circle of files is found, also one of types', () => {
		const files = readTree({
			'simulator/a.ts': "import { b } from './b.ts';",
			'simulator/b.ts': "import type { C } from './c.ts';",
			'simulator/c.ts': "import { type A } from './a.ts';",
		});
		expect(circlesOfFiles([...files.values()])).toEqual([
			'simulator/a.ts → simulator/b.ts → simulator/c.ts → simulator/a.ts',
		]);
	});

	test.each([
		["import { NodeOperationError } from 'n8n-workflow';", ['n8n-workflow']],
		["import { type INode, sleep } from 'n8n-workflow';", ['n8n-workflow']],
		["import type { INode } from 'n8n-workflow';", []],
		["import { type INode } from 'n8n-workflow';", []],
		["import { readFileSync } from 'node:fs';", ['node:fs']],
		["import { request } from 'undici';", ['undici']],
		["import { createHash } from 'node:crypto';", []],
		["import { BlockList, isIP } from 'node:net';", []],
		["import { BlockList, connect } from 'node:net';", ['node:net']],
		["import { connect as isIP } from 'node:net';", ['node:net']],
		["import net, { isIP } from 'node:net';", ['node:net']],
		["import * as net from 'node:net';", ['node:net']],
		["const home = process.env['HOME'];", ['process']],
		['const now = Date.now();', ['Date.now']],
		['const now = new Date();', ['new Date()']],
		['const now = new Date;', ['new Date()']],
		['const then = new Date(atMs);', []],
		['const start = performance.now();', ['performance.now']],
		['const signal = AbortSignal.timeout(1_000);', ['AbortSignal.timeout']],
		['void fetch(url);', ['fetch']],
		['const { now } = clock; now(); rate.process(); const fetch = 1;', []],
	])('in a pure folder: %s', (text, used) => {
		const path = `${here}/time/hours.ts`;
		expect(impurities(readTree({ [path]: text }), table)).toEqual(
			used.map((name) => `${path} uses ${name}`),
		);
		expect(impurities(readTree({ [`${here}/state/a.ts`]: text }), table)).toEqual([]);
	});

	test('a pure file that opens a database through another folder is found', () => {
		const tree = (first: string) =>
			readTree({
				[`${here}/time/hours.ts`]: first,
				[`${here}/state/open.ts`]: "import { open } from './sqlite';",
				[`${here}/state/sqlite.ts`]: "import { openSync } from 'node:fs';",
			});
		expect(reachesForTheWorld(tree("import { open } from '../state/open';"), table)).toEqual([
			`${here}/time/hours.ts reaches node:fs through ${here}/state/sqlite.ts`,
		]);
		expect(reachesForTheWorld(tree("import type { S } from '../state/open';"), table)).toEqual([]);
	});

	test.each([
		['export const now = () => Date.now();', 'Date.now'],
		["export const home = process.env['HOME'];", 'process'],
		["import { sleep } from 'n8n-workflow';", 'n8n-workflow'],
	])('a pure file that reaches the world through another folder is found: %s', (text, name) => {
		const files = readTree({
			[`${here}/time/hours.ts`]: "import '../state/clock';",
			[`${here}/state/clock.ts`]: text,
		});
		expect(reachesForTheWorld(files, table)).toEqual([
			`${here}/time/hours.ts reaches ${name} through ${here}/state/clock.ts`,
		]);
	});

	test.each([
		['nodes/WhatsAppCloud/a.ts', 'simulator/b.ts'],
		['simulator/b.ts', 'nodes/WhatsAppCloud/a.ts'],
		['simulator/b.ts', 'credentials/a.ts'],
		['converter/a.ts', `${here}/state/a.ts`],
		['converter/a.ts', 'simulator/b.ts'],
		['simulator/b.ts', 'converter/a.ts'],
		['simulator/page/convert/b.ts', `${here}/state/a.ts`],
		[`${here}/state/a.ts`, 'converter/a.ts'],
	])('%s may not import %s', (from, to) => {
		const files = readTree({ [from]: `import type { A } from '${up(from)}${to}';`, [to]: '' });
		expect(acrossTheSides([...files.values()])).toEqual([`${from} imports ${to}`]);
	});

	test('a crowded folder is found, and a list of types may be long', () => {
		const filesIn = (folder: string) =>
			Array.from({ length: 17 }, (_, index) => `${here}/${folder}/a${index}.ts`);
		expect(crowdedFolders(filesIn('time'))).toEqual([`${here}/time has 17 files`]);
		expect(crowdedFolders(filesIn('time').slice(1))).toEqual([]);
		expect(crowdedFolders(filesIn('messages/media'))).toEqual([]);
	});

	test('a long file is found', () => {
		const linesOf = (count: number) => 'line\n'.repeat(count);
		expect(longFiles(new Map([['a.ts', linesOf(300)]]))).toEqual([]);
		expect(longFiles(new Map([['a.ts', linesOf(301)]]))).toEqual(['a.ts has 301 lines']);
	});

	test('a name that two files share is found, and lists may repeat it', () => {
		const [one, other] = [`${here}/time/hours.ts`, `${here}/state/hours.ts`];
		expect(sharedNames([one, other])).toEqual([`${other} and ${one}`]);
		expect(sharedNames([one, `${here}/operations/media/hours.ts`])).toEqual([]);
	});

	test('a page without the table is no table without rules', () =>
		expect(() => readTable('# Architecture')).toThrow(RangeError));
});

const up = (path: string): string => '../'.repeat(path.split('/').length - 1);
