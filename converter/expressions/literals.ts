/** A part of code that is no code: a text or a comment. */
interface Range {
	start: number;
	end: number;
}

const ends: Readonly<Record<string, RegExp>> = {
	// A text of this kind ends with its line, so that a quote in a regular expression misleads no further.
	"'": /(?:\\[\s\S]|[^'\\\n])*(?:'|\n|$)/y,
	'"': /(?:\\[\s\S]|[^"\\\n])*(?:"|\n|$)/y,
	'//': /[^\n]*/y,
	'/*': /[\s\S]*?(?:\*\/|$)/y,
};

/** What begins a text, a comment, or a place within a template that is code again. */
const next = /\/\/|\/\*|['"`{}]/g;

/**
 * Finds the texts and comments in code. What a template has in `${…}` is code.
 *
 * @returns their ranges, in order
 */
export function literalsIn(code: string): Range[] {
	const ranges: Range[] = [];
	/** How many braces are open in each template that is being read, innermost last. */
	const templates: number[] = [];
	let at = 0;
	const readTemplate = (start: number): void => {
		const text = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;
		text.lastIndex = start;
		const [read = ''] = text.exec(code) ?? [];
		at = start + read.length;
		ranges.push({ start, end: at });
		if (read.endsWith('${')) templates.push(0);
	};
	for (;;) {
		next.lastIndex = at;
		const found = next.exec(code);
		if (found === null) return ranges;
		const [token] = found;
		at = found.index + token.length;
		const depth = templates.at(-1);
		const end = ends[token];
		if (token === '`') readTemplate(at);
		else if (end !== undefined) {
			end.lastIndex = at;
			const start = found.index;
			at += end.exec(code)?.[0].length ?? 0;
			ranges.push({ start, end: at });
		} else if (depth !== undefined) {
			if (token === '{') templates.splice(-1, 1, depth + 1);
			else if (depth > 0) templates.splice(-1, 1, depth - 1);
			else {
				templates.pop();
				readTemplate(at);
			}
		}
	}
}
