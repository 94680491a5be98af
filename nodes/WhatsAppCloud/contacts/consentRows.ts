import { allMessages, consentCategories } from './consent';

/** What a column of a list of contacts holds. */
export type ConsentColumn = 'contact' | 'consent' | 'category' | 'at' | 'source' | 'note';

/** Names of columns, in lower case and without anything but letters and digits. */
const names: Readonly<Record<ConsentColumn, readonly string[]>> = {
	contact: [
		'contact',
		'phone',
		'phonenumber',
		'phonee164',
		'mobile',
		'mobilenumber',
		'mobilephone',
		'msisdn',
		'number',
		'whatsapp',
		'whatsappnumber',
		'waid',
		'userid',
		'bsuid',
		'recipient',
		'to',
		'tel',
		'telephone',
		'cell',
		'cellphone',
		'telefon',
		'telefonnummer',
		'handy',
		'mobil',
		'telefono',
		'celular',
		'telefone',
		'telephonenumber',
		'numero',
		'contactphone',
		'customerphone',
	],
	consent: [
		'consent',
		'status',
		'state',
		'optin',
		'optedin',
		'optout',
		'optedout',
		'subscribed',
		'unsubscribed',
		'subscription',
		'granted',
		'marketingconsent',
		'whatsappconsent',
		'whatsappoptin',
		'whatsappoptout',
	],
	category: ['category', 'purpose', 'list', 'type'],
	at: [
		'at',
		'time',
		'date',
		'timestamp',
		'since',
		'consentat',
		'consenttime',
		'consentdate',
		'optedoutat',
		'optoutat',
		'optoutdate',
		'optedinat',
		'optinat',
		'optindate',
		'unsubscribedat',
		'subscribedat',
		'updatedat',
		'createdat',
	],
	source: ['source', 'origin', 'channel'],
	note: ['note', 'notes', 'reason', 'comment'],
};

const columnOfName = new Map(
	Object.entries(names).flatMap(([column, known]) =>
		known.map((name) => [name, column as ConsentColumn] as const),
	),
);

const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** @returns undefined if the name says nothing about what the column holds */
export const columnOf = (name: string): ConsentColumn | undefined =>
	columnOfName.get(plainName(name));

/** Columns whose "yes" means that the person does not want messages. */
const negative: ReadonlySet<string> = new Set([
	'optout',
	'optedout',
	'unsubscribed',
	'whatsappoptout',
]);

const yes: ReadonlySet<string> = new Set([
	...['yes', 'y', 'true', '1', 'granted', 'given', 'active', 'in', 'on', 'optin', 'optedin'],
	...['subscribed', 'subscribe', 'ja', 'si', 'sí', 'oui', 'sim'],
]);
const no: ReadonlySet<string> = new Set([
	...['no', 'n', 'false', '0', 'withdrawn', 'revoked', 'denied', 'inactive', 'out', 'off'],
	...['optout', 'optedout', 'unsubscribed', 'unsubscribe', 'stop', 'stopped', 'blocked'],
	...['suppressed', 'nein', 'non', 'não', 'nao'],
]);

/**
 * Whether a cell says that the person agrees.
 *
 * @param heading of its column: "yes" under `opted_out` means that they do not
 * @returns null if it says neither
 */
export function readGranted(cell: string, heading: string): boolean | null {
	const said = plainName(cell);
	if (!yes.has(said) && !no.has(said)) return null;
	const saysYes = yes.has(said);
	// "opted out" under "opted out" is no denial of it.
	const isPlain = ['yes', 'no', 'true', 'false', '1', '0', 'y', 'n', 'ja', 'nein'].includes(said);
	return negative.has(plainName(heading)) && isPlain ? !saysYes : saysYes;
}

/** @returns null for a category that Meta does not have */
export function readCategory(cell: string): string | null {
	const said = plainName(cell);
	const known: readonly string[] = [allMessages, ...consentCategories];
	if (known.includes(said)) return said;
	return said === 'marketingmessages' ? 'marketing' : null;
}

/** Columns of an exported list, which an import recognises. */
export const exportedColumns = [
	'contact',
	'phone_number',
	'user_id',
	'category',
	'consent',
	'at',
	'source',
	'note',
	'recorded_at',
] as const;
