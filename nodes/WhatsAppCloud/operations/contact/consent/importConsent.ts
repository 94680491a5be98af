import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	columnOf,
	readCategory,
	readGranted,
	type ConsentColumn,
} from '../../../contacts/consentRows';
import type { Account } from '../../../graph/account';
import { defineOperation } from '../../../node/operation';
import { readOnce } from '../../../node/readOnce';
import { requireStore } from '../../../node/requireStore';
import type { Run } from '../../../node/run';
import type { ContactUpdate } from '../../../store/contacts/contactStore';
import type { Store } from '../../../store/store';
import { systemClock } from '../../../time/system/systemClock';
import { secondMs } from '../../../time/durations';
import { choiceOf } from '../../../values/choice';
import { readCsv } from '../../../values/files/csv';
import { formatNumber } from '../../../values/limits';
import { optionalText, requiredText } from '../../../values/schema/reading';
import { FieldProblem } from '../../../values/problem';
import { optionalMoment } from '../../../values/timestamp';
import { reasonOf } from '../../../values/unknown';
import { listedPersonOf } from '../person';
import { categoryField, categorySchema } from './setConsent';

const SOURCES = {
	items: { name: 'Input Items', description: 'Each item is a row' },
	file: { name: 'CSV File', description: 'A file of the first item' },
} as const;

const MEANINGS = {
	optedOut: 'Everybody Has Opted Out',
	optedIn: 'Everybody Has Opted In',
	column: 'As a Column Says',
} as const;

/** Wrong rows that the item lists; the rest is counted. */
const mostListed = 1_000;

/** Rows per write, and those that are read before other work of this process goes on. */
const rowsAtOnce = 2_000;

/** How often a long import tells how far it is, in milliseconds. */
const tellsEachMs = 3_000;

const importFields: INodeProperties[] = [
	{
		displayName: 'Rows From',
		name: 'rowsFrom',
		type: 'options',
		options: Object.entries(SOURCES).map(([value, option]) => ({ ...option, value })),
		default: 'items',
		hint: 'Columns are found by name: phone, mobile, wa_id or user_id, opted_out, date, source, …',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { rowsFrom: ['file'] } },
		hint: 'The name of the input binary field that holds the file',
	},
	{
		displayName: 'Consent',
		name: 'meaning',
		type: 'options',
		options: Object.entries(MEANINGS).map(([value, name]) => ({ name, value })),
		default: 'optedOut',
		description: 'What the list says about the people in it',
	},
	{ ...categoryField, description: 'For rows without a category of their own' },
	{
		displayName: 'Source',
		name: 'source',
		type: 'string',
		default: '',
		placeholder: 'e.g. Old newsletter tool, 2026-11-26',
		description: 'Where the list comes from, for rows that do not say it',
	},
];

const importSchema = z.object({
	rowsFrom: choiceOf(Object.keys(SOURCES) as (keyof typeof SOURCES)[]).default('items'),
	binaryField: requiredText(255).default('data'),
	meaning: choiceOf(Object.keys(MEANINGS) as (keyof typeof MEANINGS)[]).default('optedOut'),
	category: categorySchema,
	source: optionalText(255),
});
type ImportValues = z.output<typeof importSchema>;

/** Names and cells of one row, in the order of the columns. */
type Cells = readonly (readonly [name: string, value: unknown])[];

/** A row that was left out. */
interface Rejected {
	/** As a spreadsheet counts them: the heading is row 1; of items, the first is 1. */
	row: number;
	problem: string;
}

/** Records the consent of everybody in a list. */
export const importConsent = defineOperation({
	name: 'Import Consent',
	action: 'Import consent of contacts',
	description: 'Record the people of a list as opted out or in: items or a CSV file',
	fields: importFields,
	schema: importSchema,
	readOnce: importFields.map(({ name }) => name),
	outputSchema: {
		rows: 'integer',
		imported: 'integer',
		rejected: 'integer',
		problems: [{ row: 'integer', problem: 'string' }],
	},
	async executeAll(run, _read, itemCount) {
		const values = readOnce(run.host, importFields, importSchema);
		const store = await requireStore(run);
		const { rows, firstRow } = await readRows(run, values);
		const now = systemClock.now();
		const progress = createProgress(run, rows.length);
		const { updates, rejected } = await checkRows(
			rows,
			(cells, index) => {
				if (index % rowsAtOnce === 0) progress('read', index);
				return readRow(cells, firstRow + index, values, run.account, now);
			},
			run.signal,
		);
		// In this order, the state writes each of its pages once.
		updates.sort((a, b) => (a.contactKey < b.contactKey ? -1 : 1));
		let imported = 0;
		while (imported < updates.length && run.signal?.aborted !== true) {
			const some = updates.slice(imported, imported + rowsAtOnce);
			await store.contacts.record(await asFirstSaid(some, store, now), now);
			imported += some.length;
			progress('imported', imported);
		}
		const json: IDataObject = {
			rows: rows.length,
			imported,
			rejected: rejected.length,
			problems: rejected.slice(0, mostListed).map((each) => ({ ...each })),
		};
		const pairedItem = Array.from({ length: itemCount }, (_, item) => ({ item }));
		return [[{ json, pairedItem }]];
	},
});

/**
 * Rows without a date have the second of this import. If they say that somebody has opted in, and an
 * import before has said the same, its time counts: an opt-out since then must not be overruled.
 */
async function asFirstSaid(
	updates: readonly ContactUpdate[],
	{ contacts }: Pick<Store, 'contacts'>,
	now: number,
): Promise<ContactUpdate[]> {
	const isMovable = (update: ContactUpdate): boolean =>
		update.fact === 'consent' && update.granted && update.at === secondOf(now);
	const firsts = await contacts.firstTimes(updates.filter(isMovable));
	const next = firsts.values();
	return updates.map((update) =>
		isMovable(update) ? { ...update, at: next.next().value ?? update.at } : update,
	);
}

/** Tells n8n's log, every few seconds, how far it is. */
function createProgress(
	{ host }: Run,
	total: number,
): (what: 'read' | 'imported', rows: number) => void {
	let toldAt = systemClock.now();
	return (what, rows) => {
		if (systemClock.now() - toldAt < tellsEachMs) return;
		toldAt = systemClock.now();
		host.logger.info(`${formatNumber(rows)} of ${formatNumber(total)} rows ${what}`);
	};
}

/**
 * Reads all rows, and lets others work now and then: of a long list, that takes seconds.
 *
 * @param signal ends it, and then nothing is to be written
 */
async function checkRows(
	rows: readonly Cells[],
	read: (cells: Cells, index: number) => ContactUpdate | Rejected,
	signal: AbortSignal | undefined,
): Promise<{ updates: ContactUpdate[]; rejected: Rejected[] }> {
	const updates: ContactUpdate[] = [];
	const rejected: Rejected[] = [];
	for (const [index, cells] of rows.entries()) {
		if (index % rowsAtOnce === 0) await systemClock.sleep(0);
		if (signal?.aborted === true) return { updates: [], rejected };
		const row = read(cells, index);
		if ('problem' in row) rejected.push(row);
		else updates.push(row);
	}
	return { updates, rejected };
}

async function readRows(
	{ host }: Run,
	{ rowsFrom, binaryField }: ImportValues,
): Promise<{ rows: Cells[]; firstRow: number }> {
	if (rowsFrom === 'items') {
		const items = host.getInputData();
		return { rows: items.map(({ json }) => Object.entries(json)), firstRow: 1 };
	}
	host.helpers.assertBinaryData(0, binaryField);
	const bytes = await host.helpers.getBinaryDataBuffer(0, binaryField);
	const isContact = (cell: string): boolean => columnOf(cell) === 'contact';
	const [heading, ...lines] = readCsv(bytes.toString('utf8'), isContact).rows;
	if (heading?.some(isContact) !== true) {
		throw new FieldProblem(
			'Input Data Field Name',
			'names a file whose first row has no column for the phone number or user ID',
			'Name the column phone, mobile, wa_id, user_id or contact.',
		);
	}
	const rows = lines.map((line) =>
		heading.map((name, index) => [name, line[index] ?? ''] as const),
	);
	return { rows, firstRow: 2 };
}

function readRow(
	cells: Cells,
	row: number,
	values: ImportValues,
	account: Account,
	now: number,
): ContactUpdate | Rejected {
	const found = new Map<ConsentColumn, { name: string; text: string }>();
	for (const [name, value] of cells) {
		const column = columnOf(name);
		const text = textOf(value);
		// A list with number and user ID may have only one of them in a row.
		if (column !== undefined && text !== '' && !found.has(column))
			found.set(column, { name, text });
	}
	const contact = found.get('contact');
	if (contact === undefined) return { row, problem: 'It has no phone number and no user ID' };
	const granted = grantedIn(found.get('consent'), values.meaning);
	if (typeof granted !== 'boolean') return { row, ...granted };
	const category = found.get('category');
	const read = category === undefined ? values.category : readCategory(category.text);
	if (read === null) return { row, problem: `"${category?.text ?? ''}" is no category` };
	const at = found.get('at') === undefined ? secondOf(now) : momentOf(found.get('at')?.text ?? '');
	if (at === null) return { row, problem: `"${found.get('at')?.text ?? ''}" is no time` };
	if (at > now) return { row, problem: `"${found.get('at')?.text ?? ''}" lies in the future` };
	try {
		const { accountKey, key } = listedPersonOf(account, contact.text, contact.name);
		return {
			fact: 'consent',
			accountKey,
			contactKey: key,
			at,
			category: read,
			granted,
			source: found.get('source')?.text.slice(0, 255) ?? values.source ?? null,
			note: found.get('note')?.text.slice(0, 1_024) ?? null,
		};
	} catch (error) {
		return { row, problem: reasonOf(error) };
	}
}

/** Meta tells the second of a message alone: who writes STOP in the second of an import says so later. */
const secondOf = (now: number): number => now - (now % secondMs);

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value).trim()
		: '';

function grantedIn(
	cell: { name: string; text: string } | undefined,
	meaning: ImportValues['meaning'],
): boolean | { problem: string } {
	if (meaning !== 'column') return meaning === 'optedIn';
	if (cell === undefined)
		return { problem: 'No column says whether the person has opted in or out' };
	const granted = readGranted(cell.text, cell.name);
	return granted ?? { problem: `"${cell.text}" under "${cell.name}" is neither yes nor no` };
}

/** A moment, or a day, which begins in UTC. */
function momentOf(text: string): number | null {
	const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
	const parsed = optionalMoment.safeParse(day.replace(/^(\S+) (\d)/, '$1T$2'));
	return parsed.success ? (parsed.data ?? null) : null;
}
