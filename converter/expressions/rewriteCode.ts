import { oldValue } from './oldValue.ts';
import { pathCode, startsWith, type ResultShape } from './paths.ts';
import { readItems, type Base, type ItemReading } from './readItems.ts';

/** How the items of a base have changed; `null` if they have not. */
export type ShapeOf = (base: Base) => ResultShape | null;

/** What became of one piece of code. */
export interface RewrittenCode {
	code: string;
	/** How many places were changed. */
	changes: number;
	/** Places that the new items have no equivalent for. */
	unknown: string[];
}

/** A piece of code that takes the place of another. */
interface Replacement {
	begin: number;
	end: number;
	text: string;
	/** Old members that the new value does not have. */
	lost: readonly string[];
}

/** Reads the members of converted items from where they are now. */
export function rewriteCode(code: string, shapeOf: ShapeOf): RewrittenCode {
	const unknown: string[] = [];
	let changes = 0;
	let rewritten = code;
	for (const reading of readItems(code).reverse()) {
		const shape = shapeOf(reading.base);
		if (shape === null) continue;
		const replacement = replacementFor(code, reading, shape);
		if (replacement === null) {
			const { path } = reading;
			if (shape.names.includes(String(path[0]))) unknown.unshift(pathCode(path).slice(1));
			continue;
		}
		const { begin, end, text, lost } = replacement;
		unknown.unshift(...lost.filter((name) => new RegExp(String.raw`\b${name}\b`).test(code)));
		rewritten = rewritten.slice(0, begin) + text + rewritten.slice(end);
		changes++;
	}
	return { code: rewritten, changes, unknown };
}

function replacementFor(
	code: string,
	{ path, start, end, ends, isOptional }: ItemReading,
	{ moved, names, partial = [], written }: ResultShape,
): Replacement | null {
	const [member] = moved
		.filter(({ from }) => startsWith(path, from))
		.sort((a, b) => b.from.length - a.from.length);
	if (member !== undefined) {
		const { from, to } = member;
		const [first] = 'code' in to ? [] : [...to, ...path.slice(from.length)];
		if (written?.has(String(first)) === true) return null;
		const [begin, text] = 'code' in to ? [start, to.code] : [end, pathCode(to, isOptional)];
		return { begin, end: ends[from.length - 1] ?? end, text, lost: [] };
	}
	const isLength = path.at(-1) === 'length';
	const whole = isLength ? path.slice(0, -1) : path;
	const wholeEnd = ends[whole.length - 1] ?? end;
	// A value that is put together cannot be assigned to.
	if (/^\s*=(?![=>])/.test(code.slice(wholeEnd))) return null;
	if (partial.includes(String(whole[0]))) return null;
	const text = oldValue(moved, whole, code.slice(start, end));
	if (text === null) return null;
	const lost = names.filter(
		(name) => !moved.some(({ from }) => from[0] === name) || partial.includes(name),
	);
	return { begin: start, end: wholeEnd, text, lost: whole.length === 0 ? lost : [] };
}

/** Rewrites the code within the double braces of an expression. */
export function rewriteExpression(expression: string, shapeOf: ShapeOf): RewrittenCode {
	const parts: RewrittenCode[] = [];
	const code = expression.replace(/\{\{([\s\S]*?)\}\}/g, (_, inner: string) => {
		const part = rewriteCode(inner, shapeOf);
		parts.push(part);
		return `{{${part.code}}}`;
	});
	return {
		code,
		changes: parts.reduce((sum, { changes }) => sum + changes, 0),
		unknown: parts.flatMap(({ unknown }) => unknown),
	};
}
