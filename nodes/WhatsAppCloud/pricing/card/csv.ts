/** Separators that spreadsheets write. Where another one is in use, the comma is in the amounts. */
const separators = ['\t', ';', ','] as const;

/** Reads text in CSV, whichever separator it has; quoted cells may have line breaks. */
export function readCsv(text: string): string[][] {
	const plain = text.replace(/^\uFEFF/, '');
	const separator = separatorOf(plain);
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at < plain.length) {
		const { cell, end } = plain[at] === '"' ? quoted(plain, at) : bare(plain, at, separator);
		row.push(cell);
		const next = plain[end];
		at = end + 1;
		if (next === separator) {
			// A separator at the very end leaves one more empty cell.
			if (at === plain.length) row.push('');
			continue;
		}
		if (next === '\r' && plain[at] === '\n') at++;
		rows.push(row);
		row = [];
	}
	if (row.length > 0) rows.push(row);
	return rows;
}

function bare(text: string, start: number, separator: string): { cell: string; end: number } {
	let end = start;
	while (end < text.length && text[end] !== separator && !isLineEnd(text[end])) end++;
	return { cell: text.slice(start, end).trim(), end };
}

function quoted(text: string, start: number): { cell: string; end: number } {
	let cell = '';
	let at = start + 1;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote === -1) return { cell: cell + text.slice(at), end: text.length };
		cell += text.slice(at, quote);
		at = quote + 1;
		if (text[at] !== '"') return { cell, end: at };
		cell += '"';
		at++;
	}
}

const isLineEnd = (character: string | undefined): boolean =>
	character === '\n' || character === '\r';

/** The separator that divides a line into most cells; the first of several. */
function separatorOf(text: string): string {
	const lines = text.replace(/"[^"]*"/g, '').split(/[\r\n]+/);
	const most = (separator: string): number =>
		lines.reduce((max, line) => Math.max(max, line.split(separator).length), 0);
	return [...separators].sort((a, b) => most(b) - most(a))[0] ?? ',';
}
