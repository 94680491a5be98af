import { pathCode, startsWith, type Moved, type Path } from './paths.ts';

/**
 * Code for a member of the old items that holds several of those that moved, such as a whole list,
 * or for the whole old item: it is put together from what the new item has.
 *
 * @param item code for the new item: `$json`
 * @returns `null` if nothing that moved was within that member
 */
export function oldValue(moved: readonly Moved[], path: Path, item: string): string | null {
	const within = moved.filter(({ from }) => startsWith(from, path));
	if (within.length === 0) return null;
	const value = built(within, path.length, item);
	// What else the item has, as a node on the way may have written it, stays.
	return path.length === 0 ? `({ ...${item}, ${value.slice(2)})` : `(${value})`;
}

function built(moved: readonly Moved[], depth: number, item: string): string {
	const here = moved.find(({ from }) => from.length === depth);
	if (here !== undefined) return 'code' in here.to ? here.to.code : item + pathCode(here.to, true);
	const names = [...new Set(moved.map(({ from }) => from[depth] ?? ''))];
	const parts = names.map((name) => {
		const inner = moved.filter(({ from }) => from[depth] === name);
		return { name, code: built(inner, depth + 1, item) };
	});
	if (parts.every(({ name }) => typeof name === 'number')) {
		return `[${parts.map(({ code }) => code).join(', ')}]`;
	}
	// The blanks keep two braces apart, which would end an expression.
	return `{ ${parts.map(({ name, code }) => `${nameCode(name)}: ${code}`).join(', ')} }`;
}

const nameCode = (name: string | number): string =>
	/^[A-Za-z_$][\w$]*$/.test(String(name)) ? String(name) : JSON.stringify(name);
