import { FieldProblem } from '../../values/problem';
import { errorOf, isObject } from '../../values/unknown';
import { readCsv, type Sheet } from '../../values/files/csv';
import { readRateCards, type RateCard } from './rateCard';
import { readTierLists, type TierList } from './tierList';
import { readWorkbook } from './workbook';

/** What the user has given: rate cards and lists of volume tiers, each in one currency. */
export interface PriceList {
	cards: readonly RateCard[];
	tierLists: readonly TierList[];
}

/** A file as the user downloads it from Meta. Its ending may be wrong: "CSV" links give XLSX. */
export interface PriceFile {
	content: Buffer;
	fileName: string;
}

/** @throws FieldProblem if a file cannot be read, or none holds a rate card */
export async function readPriceFiles(files: readonly PriceFile[]): Promise<PriceList> {
	return joined(
		await Promise.all(files.map(async (file) => fromSheets(await sheetsOf(file), file.fileName))),
	);
}

async function sheetsOf({ content, fileName }: PriceFile): Promise<Sheet[]> {
	const sheets = isZip(content)
		? await readWorkbook(content).then((all) => all.map(asSheet), errorOf)
		: textOf(content)?.map((text) => readCsv(text));
	if (sheets !== undefined && !(sheets instanceof Error)) return sheets;
	throw new FieldProblem(
		'Rate Card',
		`is "${fileName}", which ${sheets === undefined ? 'is neither text nor XLSX' : `cannot be read as XLSX: ${sheets.message}`}`,
		'Download it from Meta again, or save it as CSV.',
	);
}

/**
 * Reads prices from text in CSV, or from a list of objects with Meta's columns, or of n8n's items
 * with such objects.
 *
 * @throws FieldProblem if there is no rate card in it
 */
export function readPrices(given: unknown): PriceList {
	if (typeof given !== 'string') return joined([fromSheets([asSheet(rowsOfObjects(given))], '')]);
	const text = given.trim();
	if (!/^[[{]/.test(text)) return joined([fromSheets([readCsv(text)], '')]);
	const parsed = parseJson(text);
	if (parsed instanceof SyntaxError) {
		throw new FieldProblem('Rate Card', `is no valid JSON: ${parsed.message}`, whatItTakes);
	}
	return joined([fromSheets([asSheet(rowsOfObjects(parsed))], '')]);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		return error;
	}
}

const whatItTakes =
	'Use Meta’s rate card as it is, in CSV or XLSX, or items with the fields market, currency, marketing, utility, authentication and service.';

const asSheet = (rows: string[][]): Sheet => ({ rows, hasDecimalCommas: false });

function fromSheets(sheets: readonly Sheet[], fileName: string): PriceList {
	return {
		cards: sheets.flatMap((sheet) => readRateCards(sheet, fileName)),
		tierLists: sheets.flatMap(readTierLists),
	};
}

function joined(lists: readonly PriceList[]): PriceList {
	const cards = lists.flatMap((list) => list.cards);
	if (cards.length === 0) {
		throw new FieldProblem(
			'Rate Card',
			'has no heading with Market and Marketing, Utility, Authentication or Service, or no price below it that can be read',
			whatItTakes,
		);
	}
	const twice = cards.find(
		({ currency }, index) => cards.findIndex((card) => card.currency === currency) !== index,
	);
	if (twice !== undefined) {
		throw new FieldProblem(
			'Rate Card',
			`holds two rate cards in ${twice.currency === '' ? 'the same currency' : twice.currency}`,
			'Use the one of the month in which you send.',
		);
	}
	return { cards, tierLists: lists.flatMap((list) => list.tierLists) };
}

const isZip = (content: Buffer): boolean => content.toString('latin1', 0, 4) === 'PK\u0003\u0004';

/**
 * Spreadsheets also write UTF-16, and older ones the Western European character set.
 *
 * @returns a list of one; undefined if it is no text
 */
function textOf(content: Buffer): [string] | undefined {
	const [first, second] = content;
	if (first === 0xff && second === 0xfe) return [content.toString('utf16le')];
	if (content.includes(0)) return undefined;
	try {
		return [new TextDecoder('utf-8', { fatal: true }).decode(content)];
	} catch {
		return [new TextDecoder('windows-1252').decode(content)];
	}
}

/** The names of the fields as a heading, then the values. The heading may also be among them. */
function rowsOfObjects(given: unknown): string[][] {
	const list = Array.isArray(given) ? given : [given];
	const objects = list.map((entry: unknown) =>
		isObject(entry) && isObject(entry['json']) ? entry['json'] : entry,
	);
	const wrong = objects.find((entry) => !isObject(entry));
	if (wrong !== undefined) {
		throw new FieldProblem('Rate Card', 'must be text in CSV or a list of objects', whatItTakes);
	}
	const names = [...new Set(objects.filter(isObject).flatMap((entry) => Object.keys(entry)))];
	const rows = objects.filter(isObject).map((entry) =>
		names.map((name) => {
			const value = entry[name];
			if (Array.isArray(value)) return value.join(' ');
			return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
		}),
	);
	return [names, ...rows];
}
