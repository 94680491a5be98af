import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { GraphApiError } from '../../graph/errors/errors';
import { lookUpErrorCode } from '../../graph/errors/catalogue';
import { partsOf } from '../../node/management/graphOperation';
import { partlyDone, type NotDone, type PartlyDone } from '../../node/management/partlyDone';
import { phoneNumber } from '../../node/management/target';
import { defineOperation } from '../../node/operation';
import { checkSize, textList } from '../../values/list';
import { underField } from '../../values/problem';
import { parseRecipient } from '../../values/recipient';
import { listIn, objectOf } from '../../values/unknown';

/** Meta's page names no limit; libraries keep to this one. */
const maxContacts = 1_000;

/** Meta's code if some were changed and others were not. */
const codePartly = 139100;

const contactsField: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +1 555 123 4567',
	hint: 'Several are separated by commas',
	description: 'Phone numbers with country code or user IDs, or a list of them from an expression',
};

const contactsSchema = textList().transform((contacts, context) => {
	checkSize(contacts.length, { min: 1, max: maxContacts }, context);
	return contacts;
});

/** Somebody whom Meta did not block or unblock. */
interface Failed extends NotDone {
	input: string;
}

/**
 * An operation on the block list of a number.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/block-users
 *
 * @param verb `blocked` or `unblocked`
 */
export function defineBlockOperation(
	texts: { name: string; action: string; description: string },
	{ method, verb }: { method: 'POST' | 'DELETE'; verb: 'blocked' | 'unblocked' },
) {
	const permission = 'whatsapp_business_messaging';
	return defineOperation({
		...partsOf({
			...texts,
			permission,
			target: phoneNumber,
			fields: [contactsField],
			shape: { contacts: contactsSchema },
			outputSchema: {
				success: 'boolean',
				phoneNumberId: 'string',
				[verb]: [{ input: 'string', waId: 'string', userId: 'string' }],
				failed: [{ input: 'string', code: 'integer', reason: 'string' }],
			},
		}),
		async execute(run, values) {
			const id = phoneNumber.idOf(run, values);
			const users = values.contacts.map((contact) => userOf(contact, run.account.defaultCountry));
			const made = await run.graph.attempt({
				method,
				node: id,
				edge: 'block_users',
				idField: phoneNumber.label,
				json: { messaging_product: 'whatsapp', block_users: users },
				// Whoever is blocked stays blocked.
				isIdempotent: true,
				permission,
				signal: run.signal,
			});
			if (made.ok) return itemOf(listsIn(made.response.body), id, verb);
			const { error } = made;
			if (!(error instanceof GraphApiError) || error.code !== codePartly) throw error;
			throw partlyChanged(itemOf(listsIn(error.answer), id, verb), verb);
		},
	});
}

/** @throws FieldProblem if it is neither a number nor a user ID */
function userOf(contact: string, defaultCountry: string): Record<string, string> {
	const recipient = underField('Contacts', () => parseRecipient(contact, defaultCountry));
	return 'recipient' in recipient ? { user_id: recipient.recipient } : { user: recipient.to };
}

/** Both lists, which Meta puts beside the error or into it. */
function listsIn(answer: unknown): Record<string, unknown> {
	const { block_users: beside, error } = objectOf(answer);
	const inside = objectOf(error);
	return objectOf(beside ?? inside['block_users'] ?? objectOf(inside['error_data'])['block_users']);
}

const entriesOf = (value: unknown): Record<string, unknown>[] => listIn(value).map(objectOf);

function itemOf(lists: Record<string, unknown>, phoneNumberId: string, verb: string): IDataObject {
	const failed = entriesOf(lists['failed_users']).map(failedOf);
	return {
		success: failed.length === 0,
		phoneNumberId,
		[verb]: entriesOf(lists['added_users'] ?? lists['removed_users']).map((user) => ({
			input: textOf(user['input']),
			waId: textOf(user['wa_id']),
			userId: textOf(user['user_id']),
		})),
		failed,
	};
}

function failedOf({ input, errors }: Record<string, unknown>): Failed {
	const [error = {}] = entriesOf(errors);
	const code = typeof error['code'] === 'number' ? error['code'] : null;
	const said = error['message'] ?? error['title'];
	return {
		input: textOf(input) ?? '',
		code,
		reason: code === null ? (textOf(said) ?? 'Meta gives no reason') : reasonOf(code),
	};
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Meta's code for somebody who has not written for a day. */
const codeNoWindow = 131047;

const reasonOf = (code: number): string =>
	code === codeNoWindow
		? 'This person has not written to the number within 24 hours'
		: lookUpErrorCode(code, null).title;

function partlyChanged(item: IDataObject, verb: string): PartlyDone {
	const changed = item[verb] as { input: string | null }[];
	return partlyDone(
		{
			done: changed.map(({ input }) => input ?? '?'),
			notDone: (item['failed'] as Failed[]).map(({ input, ...why }) => ({ name: input, ...why })),
			verb,
			noun: 'contacts',
			advice: 'Only people who wrote within 24 hours can be blocked.',
		},
		item,
	);
}
