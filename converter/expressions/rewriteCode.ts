import { pathCode, startsWith, type ResultShape } from './paths.ts';
import { readItems, type Base } from './readItems.ts';

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

/** Reads the members of converted items from where they are now. */
export function rewriteCode(code: string, shapeOf: ShapeOf): RewrittenCode {
	const unknown: string[] = [];
	let changes = 0;
	let rewritten = code;
	for (const { base, path, start, end, ends, isOptional } of readItems(code).reverse()) {
		const shape = path.length === 0 ? null : shapeOf(base);
		if (shape === null) continue;
		const [moved] = shape.moved
			.filter(({ from }) => startsWith(path, from))
			.sort((a, b) => b.from.length - a.from.length);
		if (moved === undefined) {
			if (shape.names.includes(String(path[0]))) unknown.unshift(pathCode(path).slice(1));
			continue;
		}
		const { from, to } = moved;
		const [begin, text] = 'code' in to ? [start, to.code] : [end, pathCode(to, isOptional)];
		rewritten = rewritten.slice(0, begin) + text + rewritten.slice(ends[from.length - 1]);
		changes++;
	}
	return { code: rewritten, changes, unknown };
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
