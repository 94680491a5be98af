import { z } from 'zod/v4';
import { senderField } from '../../fields/senderField';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { senderOf } from '../../node/sender';
import { systemClock } from '../../time/system/systemClock';
import { optionalId, requiredId } from '../../values/id';
import { contactItem, contactShape } from './contactItem';
import { contactField, personOf } from './person';
import { createContactReader } from './readContacts';

/** The number at which a person's window and takeover are looked at. */
export const atNumberField = {
	...senderField,
	displayName: 'Phone Number',
	description:
		"The business phone number whose conversation with the person counts. Leave empty for the credential's default phone number.",
};

/** Shows what is known of a person: window, consent, who answers, last messages. */
export const getContact = defineOperation({
	name: 'Get',
	action: 'Get contact',
	description: 'Get window, consent, takeover, names and last messages of a person',
	fields: [contactField, atNumberField],
	schema: z.object({ contact: requiredId(256), phoneNumberId: optionalId(64) }),
	outputSchema: contactShape,
	concurrency: 20,
	async execute(run, { contact, phoneNumberId }) {
		const number = senderOf(run, phoneNumberId, atNumberField.displayName);
		const store = await requireStore(run);
		const { accountKey, address, key } = personOf(run.account, contact);
		const facts = await store.contacts.get(accountKey, [key]);
		const read = createContactReader(run, store, number);
		const [known] = await read(facts.map((each) => ({ contact: address, facts: each })));
		return known === undefined ? {} : contactItem(known, systemClock.now());
	},
});
