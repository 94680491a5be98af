import { z } from 'zod/v4';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { requiredId } from '../../values/id';
import { allKeysOf, contactField, personOf } from './person';
import { shownData } from './personData';

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
		const own = new Set(keys);
		return records.map((record) => ({
			json: {
				kind: KINDS[record.table] ?? record.table,
				table: record.table,
				data: shownData(record, own, run.account),
			},
		}));
	},
});
