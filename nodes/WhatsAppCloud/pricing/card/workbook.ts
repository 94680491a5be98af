import { openZip } from './zip';

/** No price list has more; the format allows 16,384 columns and a million rows. */
const maxColumns = 100;
const maxRows = 5_000;
const maxSheets = 20;

/**
 * Reads the sheets of an XLSX file as rows of texts. Numbers are as stored: with a decimal point,
 * whatever the spreadsheet shows.
 * https://learn.microsoft.com/openspecs/office_standards/ms-xlsx
 *
 * @throws Error if it is no workbook, or damaged
 */
export async function readWorkbook(file: Buffer): Promise<string[][][]> {
	const open = openZip(file);
	const part = async (name: string): Promise<string> => (await open(name)) ?? '';
	const targets = new Map(
		elements(await part('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
			attributes['Id'] ?? '',
			attributes['Target'] ?? '',
		]),
	);
	const strings = elements(await part('xl/sharedStrings.xml'), 'si').map(({ inner }) =>
		textIn(inner),
	);
	const sheets: string[][][] = [];
	const listed = elements(await part('xl/workbook.xml'), 'sheet').slice(0, maxSheets);
	for (const { attributes } of listed) {
		const target = targets.get(attributes['r:id'] ?? '') ?? '';
		const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
		sheets.push(rowsOf(await part(path), strings));
	}
	if (sheets.length === 0) throw new RangeError('The file is no XLSX workbook');
	return sheets;
}

function rowsOf(sheet: string, strings: readonly string[]): string[][] {
	return elements(sheet, 'row')
		.slice(0, maxRows)
		.map(({ inner }) => {
			const row: string[] = [];
			for (const { attributes, inner: cell } of elements(inner, 'c')) {
				const column = columnOf(attributes['r']) ?? row.length;
				if (column >= maxColumns) continue;
				while (row.length < column) row.push('');
				row[column] = cellText(attributes['t'], cell, strings);
			}
			return row;
		});
}

function cellText(type: string | undefined, cell: string, strings: readonly string[]): string {
	if (type === 'inlineStr') return textIn(cell);
	const value = elements(cell, 'v')[0]?.inner ?? '';
	return type === 's' ? (strings[Number(value)] ?? '') : unescaped(value);
}

/** `C7` → 2 */
function columnOf(reference: string | undefined): number | null {
	const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '')?.[0];
	if (letters === undefined) return null;
	return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A text may be divided into runs of different formatting. */
const textIn = (xml: string): string =>
	elements(without(xml, 'rPh'), 't')
		.map(({ inner }) => unescaped(inner))
		.join('');

interface Element {
	attributes: Record<string, string>;
	inner: string;
	/** Where it begins in the XML, and where what follows it does. */
	start: number;
	end: number;
}

/**
 * The elements of one name, none of which nest, in XML that a program wrote. Some programs give all
 * names a prefix: `<x:row>`.
 *
 * @throws RangeError if one is not closed
 */
function elements(xml: string, name: string): Element[] {
	const opening = new RegExp(`<((?:\\w+:)?${name})((?:\\s+[\\w:]+="[^"]*")*)\\s*(/?)>`, 'g');
	const found: Element[] = [];
	for (;;) {
		const match = opening.exec(xml);
		if (match === null) return found;
		const [, tag = '', attributes = '', slash] = match;
		let inner = '';
		if (slash === '') {
			const closing = `</${tag}>`;
			const end = xml.indexOf(closing, opening.lastIndex);
			// To search on, from each that stays open to the end, could take hours.
			if (end === -1) throw new RangeError('The file is cut off');
			inner = xml.slice(opening.lastIndex, end);
			opening.lastIndex = end + closing.length;
		}
		const { index: start } = match;
		found.push({ attributes: attributesIn(attributes), inner, start, end: opening.lastIndex });
	}
}

const attributesIn = (text: string): Record<string, string> =>
	Object.fromEntries(
		[...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
			key,
			unescaped(value),
		]),
	);

/** XML without the elements of one name. */
function without(xml: string, name: string): string {
	let rest = '';
	let at = 0;
	for (const { start, end } of elements(xml, name)) {
		rest += xml.slice(at, start);
		at = end;
	}
	return rest + xml.slice(at);
}

const named: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

function unescaped(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
		if (typeof name === 'string') return named[name] ?? all;
		const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
		return code <= 0x10ffff ? String.fromCodePoint(code) : all;
	});
}
