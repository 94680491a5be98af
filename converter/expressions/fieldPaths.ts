import { builtInPrefix } from '../workflow/nodeTypes.ts';
import { pathCode, readPath, startsWith, type ResultShape } from './paths.ts';

/** Nodes whose panels name members of their items without an expression, and the fields that do. */
const fields: Readonly<Record<string, readonly string[]>> = {
	splitOut: ['fieldToSplitOut'],
	itemLists: ['fieldToSplitOut', 'fieldName', 'fieldsToCompare'],
	removeDuplicates: ['fieldsToCompare'],
	aggregate: ['fieldToAggregate'],
	sort: ['fieldName'],
	summarize: ['field', 'fieldsToSplitBy'],
	renameKeys: ['currentKey'],
};

/** Whether the text of a field names a member of the items that the node gets. */
export const namesMember = (nodeType: string, field: string): boolean =>
	fields[nodeType.replace(builtInPrefix, '')]?.includes(field) === true;

/**
 * The name of a member of the items, such as `body.entry[0].id`, as the new items have it.
 *
 * @returns `null` if the new items have none, `undefined` if its name has not changed
 */
export function rewriteName(text: string, shape: ResultShape): string | null | undefined {
	const { path, ends } = readPath(`.${text.trim()}`, 0);
	const isWhole = ends.at(-1) === text.trim().length + 1;
	if (!isWhole || !shape.names.includes(String(path[0]))) return undefined;
	const [member] = shape.moved
		.filter(({ from }) => startsWith(path, from))
		.sort((a, b) => b.from.length - a.from.length);
	if (member === undefined || 'code' in member.to) return null;
	const now = [...member.to, ...path.slice(member.from.length)];
	const isWritten = shape.written?.has(String(now[0])) === true;
	return now.length === 0 || isWritten ? null : pathCode(now).slice(1);
}
