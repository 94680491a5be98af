import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { consentFor } from '../../contacts/consent';
import { handoffFor } from '../../contacts/handoff';
import { accountKeyOf } from '../../graph/account';
import { limitFields, limitShape } from '../../node/limitedList';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { senderOf } from '../../node/sender';
import type { Contact } from '../../store/contacts/contactStore';
import { systemClock } from '../../time/system/systemClock';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { contactItem, contactShape } from './contactItem';
import { atNumberField } from './getContact';
import { createContactReader } from './readContacts';

/** Which contacts are listed. */
const SHOWN = {
	all: { name: 'All' },
	optedIn: { name: 'Opted In to Marketing' },
	optedOut: { name: 'Opted Out of Marketing' },
	takenOver: {
		name: 'Taken Over',
		description: 'A human or another agent answers them at this number',
	},
} as const;

type Shown = keyof typeof SHOWN;

/** Contacts per read of the state. */
const pageSize = 200;

/** Lists the people whom the state knows. */
export const getContacts = defineOperation({
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'List people with window, consent, takeover, names and last messages',
	fields: [
		{
			displayName: 'Show',
			name: 'show',
			type: 'options',
			options: Object.entries(SHOWN).map(([value, option]) => ({ ...option, value })),
			default: 'all',
		},
		atNumberField,
		...limitFields,
	],
	schema: z.object({
		show: choiceOf(Object.keys(SHOWN) as Shown[]).default('all'),
		phoneNumberId: optionalId(64),
		...limitShape,
	}),
	outputSchema: contactShape,
	concurrency: 1,
	async execute(run, { show, phoneNumberId, returnAll, limit }) {
		const number = senderOf(run, phoneNumberId, atNumberField.displayName);
		const store = await requireStore(run);
		const accountKey = accountKeyOf(run.account);
		const now = systemClock.now();
		const read = createContactReader(run, store, number);
		const found: INodeExecutionData[] = [];
		const wanted = returnAll ? Infinity : limit;
		let after: string | null = null;
		do {
			const page = await store.contacts.people({ accountKey, limit: pageSize, after });
			const shown = page.entries
				.filter((contact) => isShown(contact, show, number, now))
				.slice(0, wanted - found.length)
				.map(({ key, ...facts }) => ({ contact: key, facts }));
			for (const known of await read(shown)) found.push({ json: contactItem(known, now) });
			after = page.next;
		} while (after !== null && found.length < wanted && run.signal?.aborted !== true);
		return found;
	},
});

function isShown(contact: Contact, show: Shown, phoneNumberId: string, now: number): boolean {
	switch (show) {
		case 'all':
			return true;
		case 'optedIn':
			return consentFor(contact, 'marketing').state === 'granted';
		case 'optedOut':
			return consentFor(contact, 'marketing').state === 'withdrawn';
		case 'takenOver':
			return handoffFor(contact, phoneNumberId, now) !== null;
	}
}
