/** Members of an item, from the outside in: `messages`, `0`, `id`. */
export type Path = readonly (string | number)[];

/** A member of the old items, and where it is now: its place in the new ones, or code instead. */
export interface Moved {
	from: Path;
	to: Path | { code: string };
}

/**
 * How the items of a converted node differ from those before: where each member of the old ones is
 * now.
 */
export interface ResultShape {
	/** What the items are, for the report: "the result of a send". */
	what: string;
	/** The old members that have another place; the longest one counts. */
	moved: readonly Moved[];
	/** The names at the top of the old items; those without another place are gone. */
	names: readonly string[];
	/** Names whose values had more than what moved, so that they cannot be put together again. */
	partial?: readonly string[];
	/** Names that a node on the way has written: what is there now is neither old nor new. */
	written?: ReadonlySet<string>;
	/** The shape before a node on the way has written to the items. */
	origin?: ResultShape;
}

/** Whether items have a shape, perhaps with something written to them on the way. */
export const isOfShape = (shape: ResultShape | 'mixed' | null, of: ResultShape): boolean =>
	shape !== null && shape !== 'mixed' && (shape.origin ?? shape) === of;

/** A member of an item, as code reads it. */
export interface Reading {
	path: Path;
	/** Where each member ends in the code. */
	ends: readonly number[];
	isOptional: boolean;
}

const accessor =
	/(\?\.|\.)([A-Za-z_$][\w$]*)|(\?\.)?\[\s*(?:(\d+)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/y;

/** Reads `.messages[0]?.id` from `start` on. A call of a method ends it. */
export function readPath(code: string, start: number): Reading {
	const path: (string | number)[] = [];
	const ends: number[] = [];
	let isOptional = false;
	let at = start;
	for (;;) {
		accessor.lastIndex = at;
		const match = accessor.exec(code);
		if (match === null) break;
		const [whole, dot, name, optional, index, single, double] = match;
		at += whole.length;
		if (name !== undefined && /^\s*\(/.test(code.slice(at))) break;
		isOptional ||= dot === '?.' || optional !== undefined;
		path.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
		ends.push(at);
	}
	return { path, ends, isOptional };
}

/** The path as code. */
export function pathCode(path: Path, isOptional = false): string {
	return path
		.map((part, index) => {
			const chain = isOptional && index > 0 ? '?' : '';
			if (typeof part === 'number') return `${chain === '' ? '' : '?.'}[${part}]`;
			return /^[A-Za-z_$][\w$]*$/.test(part)
				? `${isOptional ? '?' : ''}.${part}`
				: `${isOptional ? '?.' : ''}[${JSON.stringify(part)}]`;
		})
		.join('');
}

export const startsWith = (path: Path, beginning: Path): boolean =>
	beginning.length <= path.length && beginning.every((part, index) => part === path[index]);
