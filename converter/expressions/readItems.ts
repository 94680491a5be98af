import { literalsIn } from './literals.ts';
import { readPath, type Reading } from './paths.ts';

/** Whose item code reads: that of the node before it, or that of a node by its name. */
export type Base = { node: string } | 'input';

/** A place in code that reads members of an item. */
export interface ItemReading extends Reading {
	base: Base;
	/** Where the base begins, and where its members begin. */
	start: number;
	end: number;
}

/** A node's name in quotes, as the group of this number. */
const quoted = (group: string): string =>
	String.raw`(?<q${group}>['"${'`'}])(?<${group}>(?:\\.|(?!\k<q${group}>).)*)\k<q${group}>`;

const call = String.raw`\([^()]*\)`;
const oneItem = String.raw`\??\.(?:item|first${call}|last${call}|itemMatching${call}|all\(\)\[\d+\])\??\.json`;

/** The ways in which n8n's expressions and Code nodes read the JSON of an item. */
const basesWith = (names: readonly string[]): RegExp =>
	new RegExp(
		[
			String.raw`\$json\b`,
			String.raw`\$input${oneItem}\b`,
			String.raw`\$\(\s*${quoted('called')}\s*\)${oneItem}\b`,
			String.raw`\$node\[\s*${quoted('indexed')}\s*\]\.json\b`,
			String.raw`\$items\(\s*${quoted('listed')}[^()]*\)\[\d+\]\.json\b`,
			String.raw`\$node\.(?<plain>[A-Za-z_$][\w$]*)\.json\b`,
			String.raw`(?<![.\w$])(?<named>items\[\d+\]|${names.length > 0 ? names.join('|') : '(?!)'})\??\.json\b`,
		].join('|'),
		'g',
	);

const name = String.raw`(?<name>[A-Za-z_]\w*)`;
const node = String.raw`\$\(\s*${quoted('node')}\s*\)`;
const one = String.raw`(?:\$input|${node})\.(?:item|first\(\)|last\(\)|all\(\)\[\d+\])|items\[\d+\]`;
const list = String.raw`(?:(?:\$input|${node})\.all\(\)|(?<![.\w$])items)`;

/** The ways in which code gives a name to an item. */
const namings = [
	String.raw`\b(?:const|let|var)\s+${name}\s*=\s*(?:${one})\s*(?:;|\n|$)`,
	String.raw`\bfor\s*\(\s*(?:(?:const|let|var)\s+)?${name}\s+of\s+${list}`,
	String.raw`${list}\s*\.\s*(?:map|flatMap|forEach|filter|find|some|every)\(\s*(?:async\s*)?(?:function\s*)?\(?\s*${name}`,
].map((way) => new RegExp(way, 'g'));

/** Code that gives the name `item` to something itself. */
const declaresItem =
	/\b(?:const|let|var)\s+item\b|\bfor\s*\(\s*item\b|\bitem\s*=>|\(\s*item\s*[,)]/;

/**
 * The names of items in code, with the nodes that they are from; `undefined` is the node before it.
 * Without another meaning, `item` is n8n's own name where code runs per item. A name of items of
 * several nodes is left out.
 */
function itemNames(code: string): Map<string, string | undefined> {
	const found = new Map<string, string | undefined>();
	const unclear = new Set<string>();
	for (const { groups = {} } of namings.flatMap((naming) => [...code.matchAll(naming)])) {
		const { name: given = '', node: from } = groups;
		if (found.has(given) && found.get(given) !== from) unclear.add(given);
		found.set(given, from);
	}
	if (!found.has('item') && !declaresItem.test(code)) found.set('item', undefined);
	for (const each of unclear) found.delete(each);
	return found;
}

/** Finds each place in the code that reads an item, with the members that it reads. */
export function readItems(code: string): ItemReading[] {
	const names = itemNames(code);
	const literals = literalsIn(code);
	const isCode = ({ index, 0: whole }: RegExpExecArray): boolean =>
		!literals.some(({ start, end }) => start <= index && index < end) &&
		// A function of that name, such as that of an answer of fetch.
		!/^\s*\(/.test(code.slice(index + whole.length));
	return [...code.matchAll(basesWith([...names.keys()]))].filter(isCode).map((match) => {
		const { called, indexed, listed, plain, named } = match.groups ?? {};
		const from = called ?? indexed ?? listed ?? plain ?? names.get(named ?? '');
		const end = match.index + match[0].length;
		const base: Base = from === undefined ? 'input' : { node: from.replace(/\\(.)/g, '$1') };
		return { base, start: match.index, end, ...readPath(code, end) };
	});
}

/** The pieces of code in a text: all of a Code node's, what an expression has in double braces. */
export function codesIn(text: string, isCode: boolean): string[] {
	if (isCode) return [text];
	if (!text.startsWith('=')) return [];
	return Array.from(text.matchAll(/\{\{([\s\S]*?)\}\}/g), ([, code]) => code ?? '');
}
