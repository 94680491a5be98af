import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { consentFor } from '../../contacts/consent';
import { handoffFor } from '../../contacts/handoff';
import { accountKeyOf } from '../../graph/identifiers';
import { limitFields, limitShape } from '../../node/limitedList';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { senderOf } from '../../node/sender';
import type { Contact } from '../../store/contacts/contactStore';
import { dayMs } from '../../time/durations';
import { systemClock } from '../../time/system/systemClock';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { numberOr } from '../../values/numbers';
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

/** In days. After 90, the state forgets when somebody last wrote (`Retention.contactsMs`). */
const longestSilence = 89;

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
		{
			displayName: 'Silent for at Least',
			name: 'silentDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: longestSilence },
			default: 0,
			hint: 'In days, at most 89; 0 for any time',
			description:
				'Only people whose last message to this number is at least so old. Who has never written to it is left out, and so is who last wrote more than 90 days ago: the state forgets that.',
		},
		atNumberField,
		...limitFields,
	],
	schema: z.object({
		show: choiceOf(Object.keys(SHOWN) as Shown[]).default('all'),
		silentDays: numberOr(0, { min: 0, max: longestSilence, unit: 'days', decimals: true }),
		phoneNumberId: optionalId(64),
		...limitShape,
	}),
	outputSchema: contactShape,
	concurrency: 1,
	async execute(run, { show, silentDays, phoneNumberId, returnAll, limit }) {
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
				.filter((contact) => isSilent(contact, silentDays, number, now))
				.slice(0, wanted - found.length)
				.map(({ key, ...facts }) => ({ contact: key, facts }));
			for (const known of await read(shown)) found.push({ json: contactItem(known, now) });
			after = page.next;
		} while (after !== null && found.length < wanted && run.signal?.aborted !== true);
		return found;
	},
});

/** Whether a person's last message to a number is so many days old; with 0, everybody is. */
function isSilent({ inbound }: Contact, days: number, phoneNumberId: string, now: number): boolean {
	const last = inbound[phoneNumberId]?.at;
	return days === 0 || (last !== undefined && now - last >= days * dayMs);
}

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
