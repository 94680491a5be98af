import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { requiredId } from '../../values/id';
import { isoTime } from '../../values/timestamp';
import { unseal } from '../../store/sealedText';
import { allKeysOf, contactField, personOf } from './person';

/** What each table keeps, in words that a person understands. */
const KINDS: Readonly<Record<string, string>> = {
	messages: 'Status of a message',
	operations: 'Message to the person',
	questions: 'Question to the person',
	inbox_events: 'Event that waits for its workflow',
	deliveries: 'Workflow that an event waits for',
	forwards: 'Webhook that waits for another system',
	texts: 'What was written',
	contact_facts: 'What is known',
	consent_log: 'Change of consent',
	contact_links: 'Number and user ID',
	contact_moves: 'Former number or user ID',
};

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

/** Everything that is kept about a person, to answer their request for access. */
export const getContactData = defineOperation({
	name: 'Get Data',
	action: 'Get all data of contact',
	description: 'List everything that the state keeps about a person, an item for each entry',
	fields: [contactField],
	schema: z.object({ contact: requiredId(256) }),
	outputSchema: { kind: 'string', table: 'string', data: { contactKey: 'string' } },
	concurrency: 1,
	async execute(run, { contact }) {
		const store = await requireStore(run);
		const person = personOf(run.account, contact);
		const keys = await allKeysOf(store, person);
		const inWebhooks = keys.map((key) => key.replace(/^\+/, ''));
		const records = await store.people.read({ accountKey: person.accountKey, keys, inWebhooks });
		return records.map(({ table, row }) => ({
			json: { kind: KINDS[table] ?? table, table, data: readable(row, run.account.appSecret) },
		}));
	},
});

/** Times in ISO 8601, texts unsealed, JSON as such. */
function readable(row: Record<string, string | number | null>, appSecret: string): IDataObject {
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
