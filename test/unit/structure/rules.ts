import { posix } from 'node:path';
import type { Import, Needs } from './imports';

/** Where the table's folders live. */
const root = 'nodes/WhatsAppCloud/';

/** What the folders below the node may import from each other, and which of them are pure. */
interface ImportTable {
	/** By folder, such as `trigger/receive/`; `*.node.ts` stands for the node files themselves. */
	allowed: ReadonlyMap<string, ReadonlySet<string>>;
	pure: ReadonlySet<string>;
}

/** Built-in modules that touch neither files nor the network nor the machine. */
const harmless: ReadonlySet<string> = new Set(['node:crypto']);

/** The pure parts of other built-in modules: these two compare addresses and open no socket. */
const harmlessNames: ReadonlyMap<string, ReadonlySet<string>> = new Map([
	['node:net', new Set(['BlockList', 'isIP'])],
]);

/** Packages that open sockets. */
const sockets: ReadonlySet<string> = new Set(['undici', 'pg']);

function isWorldly({ to, names }: Import): boolean {
	if (sockets.has(to)) return true;
	if (!to.startsWith('node:') || harmless.has(to)) return false;
	return names === null || names.some((name) => harmlessNames.get(to)?.has(name) !== true);
}

/**
 * Reads the table of docs/architecture.md, whose rows look like "| `state/` | `values/` | yes |".
 *
 * @throws RangeError if a row is malformed or names a folder that has no row, or if the table is
 * missing
 */
export function readTable(page: string): ImportTable {
	const lines = page.split('\n');
	const head = lines.findIndex((line) => /^\| folder +\| may import +\| pure/.test(line));
	if (head === -1) throw new RangeError('No table of imports');
	const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
	const rows = lines.slice(head + 2, end === -1 ? undefined : end).map((line) => {
		const [folder = '', allowed = '', pure = ''] = line.split('|').slice(1);
		const [name, ...more] = namesIn(folder);
		if (name === undefined || more.length > 0) throw new RangeError(`No folder in: ${line}`);
		return { name, allowed: new Set(namesIn(allowed)), isPure: pure.trim() === 'yes' };
	});
	const folders = new Set(rows.map(({ name }) => name));
	for (const { name, allowed } of rows) {
		const unknown = [...allowed].find((each) => !folders.has(each));
		if (unknown !== undefined) throw new RangeError(`No row for ${unknown}, named by ${name}`);
	}
	return {
		allowed: new Map(rows.map(({ name, allowed }) => [name, allowed])),
		pure: new Set(rows.filter(({ isPure }) => isPure).map(({ name }) => name)),
	};
}

const namesIn = (cell: string): string[] =>
	[...cell.matchAll(/`(\*\.node\.ts|(?:\w+\/)+)`/g)].map(([, name = '']) => name);

/**
 * The table's folder that a file belongs to: the longest one that its path starts with, or else the
 * file's own folder, which then has no row. Null for files elsewhere.
 */
function folderOf({ allowed }: ImportTable, path: string): string | null {
	if (!path.startsWith(root)) return null;
	const below = path.slice(root.length);
	const own = below.slice(0, below.lastIndexOf('/') + 1);
	if (own === '') return '*.node.ts';
	const rows = [...allowed.keys()].filter((folder) => own.startsWith(folder));
	return rows.sort((a, b) => b.length - a.length)[0] ?? own;
}

const isPureFile = (table: ImportTable, path: string): boolean =>
	table.pure.has(folderOf(table, path) ?? '');

/** Imports between folders that the table does not allow. Type imports count. */
export function outsideTheTable(needs: readonly Needs[], table: ImportTable): string[] {
	const all = needs.flatMap(({ imports }) => imports);
	return all.flatMap(({ from, to }) => {
		const [own, other] = [folderOf(table, from), folderOf(table, to)];
		if (own === null || other === null || own === other) return [];
		return table.allowed.get(own)?.has(other) ? [] : [`${from} imports ${to}`];
	});
}

/** Cycles among the table's folders. */
export function circlesInTheTable({ allowed }: ImportTable): string[] {
	return circles(allowed);
}

/** Import cycles between files. Type imports count: you cannot read a file without its types. */
export function circlesOfFiles(needs: readonly Needs[]): string[] {
	const graph = new Map<string, Set<string>>();
	for (const { from, to } of needs.flatMap(({ imports }) => imports)) {
		graph.set(from, (graph.get(from) ?? new Set()).add(to));
	}
	return circles(graph);
}

/** What a pure folder may not do itself. */
export function impurities(files: ReadonlyMap<string, Needs>, table: ImportTable): string[] {
	return [...files].flatMap(([path, needs]) =>
		isPureFile(table, path) ? worldIn(needs).map((name) => `${path} uses ${name}`) : [],
	);
}

/** Modules and globals through which a file itself touches the outside world, or n8n. */
function worldIn({ imports, globals }: Needs): string[] {
	const modules = imports
		.filter((each) => isWorldly(each) || (each.to === 'n8n-workflow' && !each.typesOnly))
		.map(({ to }) => to);
	return [...modules, ...globals];
}

/** Pure files that reach the outside world through their imports from other folders. */
export function reachesForTheWorld(
	files: ReadonlyMap<string, Needs>,
	table: ImportTable,
): string[] {
	const valuesOf = (path: string): Import[] =>
		(files.get(path)?.imports ?? []).filter(({ typesOnly }) => !typesOnly);
	return [...files.keys()].flatMap((path) => {
		if (!isPureFile(table, path)) return [];
		const reached = new Set([path]);
		// The set grows during this loop.
		for (const each of reached) for (const { to } of valuesOf(each)) reached.add(to);
		// The rule above reports what the file itself uses.
		reached.delete(path);
		return [...reached].flatMap((other) => {
			const needs = files.get(other);
			const world = needs === undefined ? [] : new Set(worldIn(needs));
			return [...world].map((name) => `${path} reaches ${name} through ${other}`);
		});
	});
}

/**
 * Imports between the package and the simulator, which check each other, and the converter, which is
 * part of neither: a page beside the simulator's chat page shows it.
 */
export function acrossTheSides(needs: readonly Needs[]): string[] {
	const sideOf = (path: string): string | undefined =>
		/^(nodes|credentials|simulator|converter)\//.exec(path)?.[1]?.replace('credentials', 'nodes');
	const isShown = ({ from, to }: Import): boolean =>
		from.startsWith('simulator/page/convert/') && sideOf(to) === 'converter';
	return needs
		.flatMap(({ imports }) => imports)
		.filter((each) => {
			const [own, other] = [sideOf(each.from), sideOf(each.to)];
			return own !== undefined && other !== undefined && own !== other && !isShown(each);
		})
		.map(({ from, to }) => `${from} imports ${to}`);
}

/**
 * Lists of types and operations: one file per type or operation of Meta's, named after it. The same
 * type may be sent, received and have an operation, so each folder has its own set of names.
 */
const lists: readonly string[] = ['messages/', 'operations/', 'events/messages/'];

const isInList = (path: string): boolean => lists.some((list) => path.startsWith(root + list));

/** Roughly fifteen. */
const maxFilesPerFolder = 16;

const outsideLists = (paths: readonly string[]): string[] =>
	paths.filter((path) => path.startsWith(root) && !isInList(path)).sort();

function groupBy(paths: readonly string[], keyOf: (path: string) => string): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const path of paths) groups.set(keyOf(path), [...(groups.get(keyOf(path)) ?? []), path]);
	return groups;
}

/** Package folders with too many files on one level, except the lists. */
export function crowdedFolders(paths: readonly string[]): string[] {
	const byFolder = groupBy(outsideLists(paths), (path) => posix.dirname(path));
	return [...byFolder]
		.filter(([, files]) => files.length > maxFilesPerFolder)
		.map(([folder, files]) => `${folder} has ${files.length} files`);
}

const mostLines = 300;

/** Files of code that are too long to be read in one go. */
export function longFiles(texts: ReadonlyMap<string, string>): string[] {
	return [...texts]
		.map(([path, text]) => [path, text.trimEnd().split('\n').length] as const)
		.filter(([, lines]) => lines > mostLines)
		.map(([path, lines]) => `${path} has ${lines} lines`);
}

/** Package files that share a name, except in the lists. */
export function sharedNames(paths: readonly string[]): string[] {
	const byName = groupBy(outsideLists(paths), (path) => posix.basename(path));
	return [...byName.values()]
		.filter(({ length }) => length > 1)
		.map((files) => files.join(' and '));
}

/** Each cycle once, as `a → b → a`. */
function circles(graph: ReadonlyMap<string, Iterable<string>>): string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const walk = (node: string, way: readonly string[]): void => {
		const at = way.indexOf(node);
		if (at !== -1) {
			found.push([...way.slice(at), node].join(' → '));
			return;
		}
		if (done.has(node)) return;
		for (const next of graph.get(node) ?? []) walk(next, [...way, node]);
		done.add(node);
	};
	for (const node of graph.keys()) walk(node, []);
	return found;
}
