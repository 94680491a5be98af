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
		const { begin, end, text } = replacement;
		rewritten = rewritten.slice(0, begin) + text + rewritten.slice(end);
		changes++;
	}
	return { code: rewritten, changes, unknown };
}

function replacementFor(
	code: string,
	{ path, start, end, ends, isOptional }: ItemReading,
	{ moved }: ResultShape,
): Replacement | null {
	const [member] = moved
		.filter(({ from }) => startsWith(path, from))
		.sort((a, b) => b.from.length - a.from.length);
	if (member !== undefined) {
		const { from, to } = member;
		const [begin, text] = 'code' in to ? [start, to.code] : [end, pathCode(to, isOptional)];
		return { begin, end: ends[from.length - 1] ?? end, text };
	}
	const isLength = path.at(-1) === 'length';
	const whole = isLength ? path.slice(0, -1) : path;
	const wholeEnd = ends[whole.length - 1] ?? end;
	// A value that is put together cannot be assigned to.
	if (/^\s*=(?![=>])/.test(code.slice(wholeEnd))) return null;
	const text = oldValue(moved, whole, code.slice(start, end));
	return text === null ? null : { begin: start, end: wholeEnd, text };
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
