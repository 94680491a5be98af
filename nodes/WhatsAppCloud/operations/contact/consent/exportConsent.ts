import { z } from 'zod/v4';
import { consentFor, type ConsentCategory } from '../../../contacts/consent';
import { accountKeyOf } from '../../../graph/identifiers';
import { defineOperation } from '../../../node/operation';
import { requireStore } from '../../../node/requireStore';
import { choiceOf } from '../../../values/choice';
import { csvFields, csvShape, entryItems, entryShape } from './consentHistory';
import { isoTime } from '../../../values/timestamp';
import { shownKey } from '../person';

const SHOWN = { optedOut: 'Opted Out', optedIn: 'Opted In', both: 'Both' } as const;

/** Contacts per read of the state. */
const pageSize = 500;

/** Lists who has opted out, or in, as it is now: for other tools. */
export const exportConsent = defineOperation({
	name: 'Export Consent',
	action: 'Export consent of contacts',
	description: 'List everybody who has opted out, or in, as items or as a CSV file',
	fields: [
		{
			displayName: 'Show',
			name: 'show',
			type: 'options',
			options: Object.entries(SHOWN).map(([value, name]) => ({ name, value })),
			default: 'optedOut',
		},
		{
			displayName: 'Category',
			name: 'category',
			type: 'options',
			options: [
				{ name: 'Authentication', value: 'authentication' },
				{ name: 'Marketing', value: 'marketing' },
				{ name: 'Service', value: 'service' },
				{ name: 'Utility', value: 'utility' },
			],
			default: 'marketing',
			description: 'Whoever has opted out of all messages has opted out of each category',
		},
		...csvFields,
	],
	schema: z.object({
		show: choiceOf(Object.keys(SHOWN) as (keyof typeof SHOWN)[]).default('optedOut'),
		category: choiceOf(['authentication', 'marketing', 'service', 'utility'] as const).default(
			'marketing',
		),
		...csvShape,
	}),
	outputSchema: entryShape,
	concurrency: 1,
	async execute(run, { show, category, csvFile, outputField }) {
		const store = await requireStore(run);
		const accountKey = accountKeyOf(run.account);
		const found: Record<string, string | null>[] = [];
		let after: string | null = null;
		do {
			const page = await store.contacts.people({ accountKey, limit: pageSize, after });
			for (const { key, ...contact } of page.entries) {
				const { state, at, source } = consentFor(contact, category);
				const consent = state === 'granted' ? 'optedIn' : 'optedOut';
				if (state === 'unknown' || (show !== 'both' && show !== consent)) continue;
				const shown = shownKey(contact.waKey ?? key);
				const isPhone = shown?.startsWith('+') === true;
				found.push({
					contact: key,
					phone: isPhone ? shown : null,
					userId: shownKey(contact.userKey) ?? (isPhone ? null : shown),
					category: category satisfies ConsentCategory,
					consent,
					at: isoTime(at),
					source,
					note: contact.consents[category]?.note ?? null,
					recordedAt: null,
				});
			}
			after = page.next;
		} while (after !== null && run.signal?.aborted !== true);
		return await entryItems(run, found, { csvFile, outputField }, 'consent.csv');
	},
});
