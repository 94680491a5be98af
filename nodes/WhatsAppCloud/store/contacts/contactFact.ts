import { encodeInteger, encodeKey, encodeText } from '../engine/encode';
import type { Row } from '../engine/statement';
import type { Contact, ContactEntry, ContactFact } from './contactStore';

/** A fact as the database has it: `scope` is the number or category, `value` JSON of the rest. */
export interface FactRow {
	fact: string;
	scope: string;
	value: string;
	at: number;
}

/** @throws RangeError where a key is empty or too long. */
export function encodeFact(entry: ContactEntry): Row {
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
	if ('phoneNumberId' in rest && typeof rest.phoneNumberId === 'string') {
		const { phoneNumberId, ...value } = rest;
		return { scope: encodeKey(phoneNumberId, 'phoneNumberId'), value };
	}
	if ('category' in rest && typeof rest.category === 'string') {
		const { category, ...value } = rest;
		return { scope: encodeKey(category, 'category'), value };
	}
	return { scope: '', value: rest };
}

const scopeNames: Partial<Record<ContactFact['fact'], string>> = {
	inbound: 'phoneNumberId',
	entryPoint: 'phoneNumberId',
	preference: 'category',
	consent: 'category',
};

/** The fact that a row was made from. Only this package writes the column. */
export function decodeFact<Name extends ContactFact['fact']>(
	fact: Name,
	{ scope, value }: FactRow,
): Extract<ContactFact, { fact: Name }> {
	const scopeName = scopeNames[fact];
	return {
		fact,
		...(scopeName === undefined ? {} : { [scopeName]: scope }),
		...(JSON.parse(value) as object),
	} as Extract<ContactFact, { fact: Name }>;
}

/** The facts of a person, of each kind the newest. */
export function joinFacts(rows: readonly FactRow[]): Omit<Contact, 'keys' | 'waKey' | 'userKey'> {
	const contact: ReturnType<typeof joinFacts> = {
		profile: null,
		inbound: {},
		entryPoints: {},
		preferences: {},
		consents: {},
		handoff: null,
	};
	// Ascending, so that a newer fact replaces an older one.
	for (const row of [...rows].sort((a, b) => a.at - b.at)) {
		const known = { ...(JSON.parse(row.value) as object), at: row.at };
		switch (row.fact as ContactFact['fact']) {
			case 'profile':
				contact.profile = known as Contact['profile'];
				break;
			case 'handoff':
				contact.handoff = known as Contact['handoff'];
				break;
			case 'inbound':
				contact.inbound[row.scope] = known as Contact['inbound'][string];
				break;
			case 'entryPoint':
				contact.entryPoints[row.scope] = known as Contact['entryPoints'][string];
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
