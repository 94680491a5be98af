/** Separators that spreadsheets write. With any but the comma, commas belong to the amounts. */
const separators = ['\t', ';', ','] as const;

/** A table of texts. */
export interface Sheet {
	rows: string[][];
	/** Whether amounts in it have a decimal comma, because the semicolon divides the cells. */
	hasDecimalCommas: boolean;
}

/**
 * Reads text in CSV, whichever separator it has; quoted cells may have line breaks.
 *
 * @param isHeading whether a cell (in lower case) is a column's name that shows the separator
 */
export function readCsv(
	text: string,
	isHeading: (cell: string) => boolean = (cell) => cell === 'market',
): Sheet {
	const plain = text.replace(/^\uFEFF/, '');
	const separator = separatorOf(plain, isHeading);
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at < plain.length) {
		const { cell, end } =
			plain[at] === '"' ? quoted(plain, at, separator) : bare(plain, at, separator);
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
	return { rows, hasDecimalCommas: separator === ';' };
}

function bare(text: string, start: number, separator: string): { cell: string; end: number } {
	let end = start;
	while (end < text.length && text[end] !== separator && !isLineEnd(text[end])) end++;
	return { cell: text.slice(start, end).trim(), end };
}

function quoted(text: string, start: number, separator: string): { cell: string; end: number } {
	let cell = '';
	let at = start + 1;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote === -1) return { cell: cell + text.slice(at), end: text.length };
		cell += text.slice(at, quote);
		at = quote + 1;
		// Anything between the quote and the separator is not part of the cell.
		if (text[at] !== '"') return { cell, end: bare(text, at, separator).end };
		cell += '"';
		at++;
	}
}

const isLineEnd = (character: string | undefined): boolean =>
	character === '\n' || character === '\r';

/** The separator of the line with such a heading, or else the one that makes most cells of a line. */
function separatorOf(text: string, isHeading: (cell: string) => boolean): string {
	const headings = text.replaceAll('"', '').split(/[\r\n]+/);
	const ofHeading = separators.find((separator) =>
		headings.some((line) => {
			const cells = line.split(separator).map((cell) => cell.trim().toLowerCase());
			return cells.length > 1 && cells.some(isHeading);
		}),
	);
	if (ofHeading !== undefined) return ofHeading;
	const lines = text.replace(/"[^"]*"/g, '').split(/[\r\n]+/);
	const most = (separator: string): number =>
		lines.reduce((max, line) => Math.max(max, line.split(separator).length), 0);
	return [...separators].sort((a, b) => most(b) - most(a))[0] ?? ',';
}

/** Cells that spreadsheets would run as formulas; numbers with their sign stay as they are. */
const formula = /^(?:[=@\t\r]|[+-](?!\d+$))/;

/** Writes rows as CSV with commas, line ends of CR and LF, and a mark that tells Excel it is UTF-8. */
export function writeCsv(rows: readonly (readonly (string | null)[])[]): string {
	const lines = rows.map((row) => row.map((cell) => written(cell ?? '')).join(','));
	return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function written(cell: string): string {
	const safe = formula.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
