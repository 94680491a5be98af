import { type Problems, report } from './schema/singleStep';

/**
 * Reports each unknown member of an object: a misspelt name would silently drop its value from the
 * message. A member without a value loses nothing and is ignored.
 *
 * @param known the names that are read
 * @param path the object's path, relative to `problems`
 */
export function checkMembers(
	object: Record<string, unknown>,
	known: readonly string[],
	problems: Problems,
	path: PropertyKey[] = [],
): void {
	for (const name in object) {
		if (known.includes(name) || (object[name] ?? null) === null) continue;
		const message = `is not known here; ${hint(name, known)}`;
		report(problems, [...path, name], message, 'unknownName');
	}
}

function hint(name: string, known: readonly string[]): string {
	const meant = known.find((other) => isAlike(bare(name), bare(other)));
	return meant === undefined
		? `known are ${[...new Set(known)].join(', ')}`
		: `did you mean "${meant}"?`;
}

/** The node writes names in camel case, Meta with underscores. */
const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How many letters of a name may be wrong. */
const maxSlips = 2;

/** Whether one name is short for the other, or they are a typo apart. */
function isAlike(given: string, known: string): boolean {
	const [short, long] = given.length < known.length ? [given, known] : [known, given];
	if (short.length >= 3 && (long.startsWith(short) || long.endsWith(short))) return true;
	return slipsBetween(given, known) <= Math.min(maxSlips, Math.ceil(known.length / 3));
}

/** How many insertions, deletions or substitutions turn one name into the other. */
function slipsBetween(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (const [index, letter] of Array.from(from).entries()) {
		const next = [index + 1];
		for (const [place, other] of Array.from(to).entries()) {
			const changed = (row[place] ?? 0) + (letter === other ? 0 : 1);
			next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
		}
		row = next;
	}
	return row[to.length] ?? 0;
}
