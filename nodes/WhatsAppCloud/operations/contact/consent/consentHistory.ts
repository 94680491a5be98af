import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { exportedColumns } from '../../../contacts/consentRows';
import { accountKeyOf } from '../../../graph/identifiers';
import { collectPages, limitFields, limitShape } from '../../../node/limitedList';
import { defineOperation } from '../../../node/operation';
import { requireStore } from '../../../node/requireStore';
import type { Run } from '../../../node/run';
import type { ConsentEntry } from '../../../store/contacts/contactStore';
import type { Store } from '../../../store/store';
import { writeCsv } from '../../../values/files/csv';
import { optionalText, requiredText } from '../../../values/schema/reading';
import { truth } from '../../../values/truth';
import { isoTime } from '../../../values/timestamp';
import { allKeysOf, contactField, personOf, shownKey } from '../person';

/** Whether, and where, entries come as a file. */
export const csvFields: INodeProperties[] = [
	{
		displayName: 'CSV File',
		name: 'csvFile',
		type: 'boolean',
		default: false,
		description: 'Whether to return one item with a CSV file instead of an item for each entry',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		displayOptions: { show: { csvFile: [true] } },
		hint: 'The name of the output binary field to put the file in',
	},
];

/** Schemas of `csvFields`. */
export const csvShape = { csvFile: truth, outputField: requiredText(255).default('data') };

/** What the items of entries hold. */
export const entryShape = {
	contact: 'string',
	phone: 'string',
	userId: 'string',
	category: 'string',
	consent: 'string',
	at: 'string',
	source: 'string',
	note: 'string',
	recordedAt: 'string',
} as const;

/** One entry as an item. */
export function entryItem(entry: ConsentEntry): IDataObject & Record<string, string | null> {
	const { contactKey, kind, category, granted, source, note, at, recordedAt } = entry;
	const shown = shownKey(contactKey);
	const isPhone = shown?.startsWith('+') === true;
	return {
		contact: contactKey,
		phone: isPhone ? shown : null,
		userId: isPhone ? null : shown,
		category: category === 'marketing_messages' ? 'marketing' : category,
		consent: granted ? 'optedIn' : 'optedOut',
		at: isoTime(at),
		source: kind === 'preference' ? 'WhatsApp' : source,
		note,
		recordedAt: isoTime(recordedAt),
	};
}

/** Entries as items, or as one with a file. */
export async function entryItems(
	{ host }: Run,
	items: readonly Record<string, string | null>[],
	{ csvFile, outputField }: { csvFile: boolean; outputField: string },
	fileName: string,
) {
	if (!csvFile) return items.map((json) => ({ json: { ...json } }));
	const rows = items.map((item) => [
		...[
			'contact',
			'phone',
			'userId',
			'category',
			'consent',
			'at',
			'source',
			'note',
			'recordedAt',
		].map((name) => item[name] ?? null),
	]);
	const text = writeCsv([exportedColumns, ...rows]);
	const file = await host.helpers.prepareBinaryData(Buffer.from(text), fileName, 'text/csv');
	return [{ json: { entries: items.length }, binary: { [outputField]: file } }];
}

/** Who agreed to what, or no longer did, when, and where they said so. */
export const getConsentHistory = defineOperation({
	name: 'Get Consent History',
	action: 'Get consent history',
	description: 'List every change of consent, oldest first, as items or as a CSV file',
	fields: [
		{
			...contactField,
			required: false,
			description: 'A phone number or user ID. Leave empty for everybody.',
		},
		...limitFields,
		...csvFields,
	],
	schema: z.object({ contact: optionalText(256), ...limitShape, ...csvShape }),
	outputSchema: entryShape,
	concurrency: 1,
	async execute(run, { contact, csvFile, outputField, ...limits }) {
		const store = await requireStore(run);
		const accountKey = accountKeyOf(run.account);
		const contactKeys = contact === undefined ? undefined : await keysOf(run, store, contact);
		const entries = await collectPages(run, limits, (page) =>
			store.contacts.trail({
				accountKey,
				...(contactKeys === undefined ? {} : { contactKeys }),
				...page,
			}),
		);
		return await entryItems(
			run,
			entries.map(entryItem),
			{ csvFile, outputField },
			'consent-history.csv',
		);
	},
});

const keysOf = async ({ account }: Run, store: Store, contact: string): Promise<string[]> =>
	await allKeysOf(store, personOf(account, contact));
