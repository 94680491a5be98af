import { encodeInteger, encodeKey, encodeText } from '../engine/encode';
import type { ColumnKind, Row } from '../engine/statement';
import type { Contact, ContactUpdate, FactUpdate } from './contactStore';

export const factColumns = {
	account_key: 'text',
	contact_key: 'text',
	fact: 'text',
	scope: 'text',
	value: 'text',
	valid_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

/** How `encodeUpdate` writes that a person takes their consent back; a note has its quotes escaped. */
export const withdrawn = '"granted":false';

/**
 * Whether a row says that a person has taken their consent back. In the same second, that counts,
 * whichever was written first: Meta may deliver the other message again.
 */
export const isWithdrawal = (row: string): string =>
	`(${row}.fact = 'consent' AND ${row}.value LIKE '%${withdrawn}%')`;

/** A fact as stored: `scope` is the phone number ID or category, `value` the rest as JSON. */
export interface FactRow {
	fact: string;
	scope: string;
	value: string;
	at: number;
}

/** @throws RangeError if a key is empty or too long. */
export function encodeUpdate(entry: ContactUpdate): Row {
	const { accountKey, contactKey, at, fact, ...rest } = entry;
	const { scope, value } = splitScope(rest);
	return {
		account_key: encodeKey(accountKey, 'accountKey'),
		contact_key: encodeKey(contactKey, 'contactKey'),
		fact,
		scope,
		value: encodeText(JSON.stringify(value)),
		valid_at: encodeInteger(at, 'at'),
	};
}

function splitScope(rest: object): { scope: string; value: object } {
	if ('phoneNumberId' in rest) {
		const { phoneNumberId, ...value } = rest;
		if (typeof phoneNumberId !== 'string') return { scope: '', value };
		return { scope: encodeKey(phoneNumberId, 'phoneNumberId'), value };
	}
	if ('category' in rest && typeof rest.category === 'string') {
		const { category, ...value } = rest;
		return { scope: encodeKey(category, 'category'), value };
	}
	return { scope: '', value: rest };
}

const scopeNames: Partial<Record<FactUpdate['fact'], string>> = {
	inbound: 'phoneNumberId',
	entryPoint: 'phoneNumberId',
	windowClosed: 'phoneNumberId',
	preference: 'category',
	consent: 'category',
	handoff: 'phoneNumberId',
	standby: 'phoneNumberId',
};

/** The update that a row was written from. Only this package writes the column. */
export function decodeUpdate<Name extends FactUpdate['fact']>(
	fact: Name,
	{ scope, value }: FactRow,
): Extract<FactUpdate, { fact: Name }> {
	const scopeName = scopeNames[fact];
	return {
		fact,
		...(scopeName === undefined ? {} : { [scopeName]: scope === '' ? null : scope }),
		...(JSON.parse(value) as object),
	} as Extract<FactUpdate, { fact: Name }>;
}

type KnownFacts = Omit<Contact, 'keys' | 'waKey' | 'userKey'>;

/** What is known about a person: the newest fact of each kind. */
export function joinUpdates(rows: readonly FactRow[]): KnownFacts {
	const contact: KnownFacts = {
		profile: null,
		inbound: {},
		entryPoints: {},
		closedWindows: {},
		preferences: {},
		consents: {},
		handoffs: {},
		standby: {},
	};
	// Ascending, so that newer facts replace older ones.
	for (const row of [...rows].sort((a, b) => a.at - b.at)) {
		const known = { ...(JSON.parse(row.value) as object), at: row.at };
		switch (row.fact as FactUpdate['fact']) {
			case 'profile':
				contact.profile = known as Contact['profile'];
				break;
			case 'handoff':
				contact.handoffs[row.scope] = known as Contact['handoffs'][string];
				break;
			case 'standby':
				contact.standby[row.scope] = known as Contact['standby'][string];
				break;
			case 'inbound':
				contact.inbound[row.scope] = known as Contact['inbound'][string];
				break;
			case 'entryPoint':
				contact.entryPoints[row.scope] = known as Contact['entryPoints'][string];
				break;
			case 'windowClosed':
				contact.closedWindows[row.scope] = known;
				break;
			case 'preference':
				contact.preferences[row.scope] = known as Contact['preferences'][string];
				break;
			case 'consent':
				contact.consents[row.scope] = known as Contact['consents'][string];
				break;
		}
	}
	return contact;
}
