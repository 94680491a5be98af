import type { Contact } from '../store/contacts/contactStore';

/** What a message is for, as Meta's categories name it; `service` is free-form. */
export const consentCategories = ['marketing', 'utility', 'authentication', 'service'] as const;
export type ConsentCategory = (typeof consentCategories)[number];

/** The category of a consent that covers every message. */
export const allMessages = 'all';

/** Meta's category of the person's own choice in WhatsApp. */
const metaMarketing = 'marketing_messages';

/** Whether a person agrees to messages of a category. */
export interface Consent {
	/** `unknown`: they were never asked, or nothing of it was recorded. */
	state: 'granted' | 'withdrawn' | 'unknown';
	/** Since when, in milliseconds since 1970; null if unknown. */
	at: number | null;
	/** Where it comes from: a word, a form, WhatsApp; null if nobody said. */
	source: string | null;
}

/**
 * The newest of what the person chose in WhatsApp and what was recorded for the category or for all
 * messages. Of two of the same time, the one that withdraws counts.
 *
 * @param contact what is known of the person; null if nothing is
 */
export function consentFor(
	contact: Pick<Contact, 'consents' | 'preferences'> | null,
	category: ConsentCategory,
): Consent {
	const recorded = [contact?.consents[category], contact?.consents[allMessages]];
	const chosen = category === 'marketing' ? contact?.preferences[metaMarketing] : undefined;
	const known = [
		...recorded.flatMap((consent) => consent ?? []),
		...(chosen === undefined
			? []
			: [{ granted: !chosen.optedOut, source: 'WhatsApp', at: chosen.at }]),
	];
	const [newest] = known.sort((a, b) => b.at - a.at || Number(a.granted) - Number(b.granted));
	if (newest === undefined) return { state: 'unknown', at: null, source: null };
	const { granted, at, source } = newest;
	return { state: granted ? 'granted' : 'withdrawn', at, source };
}
