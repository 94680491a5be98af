/** How WhatsApp can format part of a line. */
export type Style = 'bold' | 'italic' | 'strike' | 'code';

/** A stretch of text and its styles, from the outermost to the innermost. */
export interface Run {
	text: string;
	styles: readonly Style[];
}

/** The signs around a styled stretch. https://faq.whatsapp.com/539178204879377 */
const signs: Readonly<Record<Style, string>> = {
	bold: '*',
	italic: '_',
	strike: '~',
	code: '`',
};

/**
 * Signs in the text itself that WhatsApp would take for the end of a styled stretch or the start of
 * another: all except those between letters or digits.
 */
const ambiguous: Readonly<Record<Style, RegExp>> = {
	bold: /(?<![\p{L}\p{N}])\*|\*(?![\p{L}\p{N}])/u,
	italic: /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u,
	strike: /(?<![\p{L}\p{N}])~|~(?![\p{L}\p{N}])/u,
	code: /`/,
};

/** A style, and where in the line it starts and ends. */
interface Span {
	style: Style;
	start: number;
	end: number;
}

/**
 * Writes runs with WhatsApp's signs. WhatsApp formats only within a line, so each line gets its own
 * signs, except where WhatsApp would not read them as formatting (next to a letter, around white
 * space).
 */
export function writeRuns(runs: readonly Run[]): string {
	return linesOf(runs).map(writeLine).join('\n');
}

function linesOf(runs: readonly Run[]): Run[][] {
	const lines: Run[][] = [[]];
	for (const { text, styles } of runs) {
		for (const [index, part] of text.split('\n').entries()) {
			if (index > 0) lines.push([]);
			if (part !== '') lines.at(-1)?.push({ text: part, styles });
		}
	}
	return lines;
}

function writeLine(runs: readonly Run[]): string {
	const text = runs.map((run) => run.text).join('');
	const spans = spansOf(runs)
		.map((span) => withoutSpace(span, text))
		.filter((span) => isReadAsFormat(span, text));
	if (spans.length === 0) return text;
	const opening = new Map<number, string>();
	const closing = new Map<number, string>();
	// The outer span opens first and closes last.
	for (const { style, start, end } of spans) {
		opening.set(start, (opening.get(start) ?? '') + signs[style]);
		closing.set(end, signs[style] + (closing.get(end) ?? ''));
	}
	let written = '';
	for (let at = 0; at <= text.length; at++) {
		written += (closing.get(at) ?? '') + (opening.get(at) ?? '') + text.charAt(at);
	}
	return written;
}

/** In order of their start, outer before inner. */
function spansOf(runs: readonly Run[]): Span[] {
	const spans: Span[] = [];
	let open: Span[] = [];
	let at = 0;
	for (const { text, styles } of runs) {
		const kept = open.findIndex(({ style }, depth) => style !== styles[depth]);
		open = open.slice(0, kept === -1 ? undefined : kept);
		for (const style of styles.slice(open.length)) {
			const span = { style, start: at, end: at };
			spans.push(span);
			open.push(span);
		}
		at += text.length;
		for (const span of open) span.end = at;
	}
	return spans;
}

/** WhatsApp ignores a sign with white space on its inner side. */
function withoutSpace({ style, start, end }: Span, text: string): Span {
	const inner = text.slice(start, end);
	const leading = inner.length - inner.trimStart().length;
	return { style, start: start + leading, end: start + Math.max(leading, inner.trimEnd().length) };
}

function isReadAsFormat({ style, start, end }: Span, text: string): boolean {
	if (start >= end || ambiguous[style].test(text.slice(start, end))) return false;
	return (
		!/[\p{L}\p{N}\p{M}]$/u.test(text.slice(0, start)) &&
		!/^[\p{L}\p{N}\p{M}]/u.test(text.slice(end))
	);
}
