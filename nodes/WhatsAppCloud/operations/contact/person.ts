import type { INodeProperties } from 'n8n-workflow';
import { recipientField } from '../../fields/recipientField';
import type { Account } from '../../graph/account';
import { accountKeyOf, identifierKey } from '../../graph/identifiers';
import type { Store } from '../../store/store';
import { FieldProblem } from '../../values/problem';
import { parsePerson, recipientAddress } from '../../values/recipient';

/** Whom an operation is about. */
export const contactField: INodeProperties = {
	...recipientField,
	displayName: 'Contact',
	name: 'contact',
	description:
		"A phone number in any format, or a user ID such as US.13491208655302741918. A local number, without +, gets the credential's default country.",
};

/** A person as a field names them. */
export interface Person {
	accountKey: string;
	/** `+` and digits, or the user ID. */
	address: string;
	/** How the state has them: plain or hashed. */
	key: string;
}

/** @throws FieldProblem if it is neither a number nor a user ID */
export function personOf(account: Account, contact: string, label = 'Contact'): Person {
	const address = recipientAddress(parsePerson(contact, account.defaultCountry, label));
	return { accountKey: accountKeyOf(account), address, key: identifierKey(account, address) };
}

/** How a hashed key looks. */
const hashedKey = /^hmac:[0-9a-f]{40}$/;

/**
 * A person in a list, who may be named by the hash under which another state has them.
 *
 * @throws FieldProblem if it is neither a number nor a user ID, or a hash that means nothing here
 */
export function listedPersonOf(
	account: Account,
	contact: string,
	label: string,
): Pick<Person, 'accountKey' | 'key'> {
	if (!hashedKey.test(contact)) return personOf(account, contact, label);
	if (account.hashIdentifiers) return { accountKey: accountKeyOf(account), key: contact };
	throw new FieldProblem(
		label,
		'is a hash, and this credential has Hash Recipients off',
		'Import it with the app secret and business account of the export, and Hash Recipients on.',
	);
}

/** All keys that a person has and had, in either form in which the state may have them. */
export async function allKeysOf(
	store: Store,
	{ accountKey, address, key }: Person,
): Promise<string[]> {
	const keys = [...new Set([key, address])];
	const contacts = await store.contacts.get(accountKey, keys);
	const linked = contacts.flatMap((contact) => contact.keys);
	return await store.people.keysOf(accountKey, [...new Set([...keys, ...linked])]);
}

/** A key that is no hash is a number or a user ID, which is shown. */
export const shownKey = (key: string | null): string | null =>
	key === null || hashedKey.test(key) ? null : key;
