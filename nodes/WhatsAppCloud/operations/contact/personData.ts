import type { IDataObject } from 'n8n-workflow';
import { normalise } from '../../events/normalise';
import type { JsonValue } from '../../events/reading/lenientJson';
import type { Account } from '../../graph/account';
import { identifierKey } from '../../graph/identifiers';
import type { PersonRecord } from '../../store/people/personStore';
import { unseal } from '../../store/sealedText';
import { isoTime } from '../../values/timestamp';
import { objectOf, without } from '../../values/unknown';
import { hostOf } from '../../values/webAddress';

/** Columns that only this software's own bookkeeping needs. */
const inner: ReadonlySet<string> = new Set([
	'account_key',
	'claim_id',
	'lease_owner',
	'lease_until',
	'owner',
	'order_key',
	'fingerprint',
	'payload_hash',
	'text_id',
]);

/**
 * A stored row as it is handed to the person whom it is about: times in ISO 8601, texts unsealed,
 * JSON as such. A webhook or an event may name others; of them, it shows nothing.
 *
 * @param keys all that the person is stored under, plain or hashed
 */
export function shownData(
	{ table, row }: PersonRecord,
	keys: ReadonlySet<string>,
	account: Account,
): IDataObject {
	const isOwn = (contact: unknown): boolean => isPerson(contact, keys, account);
	if (table === 'forwards') return forwardData(row, isOwn, account);
	const data = readable(row, account.appSecret);
	return table === 'inbox_events' ? { ...data, content: ownEvent(data['content'], isOwn) } : data;
}

function isPerson(contact: unknown, keys: ReadonlySet<string>, account: Account): boolean {
	const { waId, userId } = objectOf(contact);
	const phone = typeof waId === 'string' ? `+${waId.replace(/\D/g, '')}` : null;
	return [phone, userId].some(
		(address) =>
			typeof address === 'string' &&
			(keys.has(address) || keys.has(identifierKey(account, address))),
	);
}

/** Without the secrets that its address and signature are, and without other people's events. */
function forwardData(
	row: PersonRecord['row'],
	isOwn: (contact: unknown) => boolean,
	{ appSecret }: Account,
): IDataObject {
	const { address, created_at, attempts, body } = row;
	return {
		host: hostOf(String(address)),
		createdAt: isoTime(Number(created_at)),
		attempts,
		events: eventsIn(String(body), appSecret).filter(({ contact }) => isOwn(contact)),
	};
}

/** What is in a webhook that is forwarded, of which the state has the bytes. */
function eventsIn(body: string, appSecret: string): { contact: unknown }[] {
	const bytes = unseal(body, appSecret);
	if (bytes === null) return [];
	try {
		const text = Buffer.from(bytes, 'latin1').toString('utf8');
		return normalise(JSON.parse(text) as JsonValue);
	} catch {
		return [];
	}
}

/** An event of a group may have been written by somebody else, and only mention the person. */
function ownEvent(
	content: IDataObject[string],
	isOwn: (contact: unknown) => boolean,
): IDataObject[string] {
	const event = objectOf(content);
	if (!('contact' in event)) return content;
	if (isOwn(event['contact'])) return without(event, 'place');
	const { event: name, type, timestamp } = event;
	return { event: name, type, timestamp, mentionsThePerson: true };
}

function readable(row: PersonRecord['row'], appSecret: string): IDataObject {
	return Object.fromEntries(
		Object.entries(row)
			.filter(([name]) => !inner.has(name))
			.map(([name, value]) => [camelName(name), readableValue(name, value, appSecret)]),
	);
}

const camelName = (name: string): string =>
	name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function readableValue(
	name: string,
	value: string | number | null,
	appSecret: string,
): IDataObject[string] {
	if (typeof value === 'number') {
		return name.endsWith('_at') && value > 0 ? isoTime(value) : value;
	}
	const text = value === null ? null : unseal(value, appSecret);
	if (text === null || !/^[[{]/.test(text)) return text;
	try {
		return JSON.parse(text) as IDataObject;
	} catch {
		return text;
	}
}
