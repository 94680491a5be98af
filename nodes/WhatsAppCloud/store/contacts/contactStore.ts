import type { Page, PageRequest } from '../page';

/** A new value for one fact about a person. The newest value of each fact counts. */
export type FactUpdate =
	/** The person wrote to a business number, which opens that number's service window. */
	| { fact: 'inbound'; phoneNumberId: string; messageId: string | null }
	/** The person came through an ad, which opens a free entry point for that number. */
	| { fact: 'entryPoint'; phoneNumberId: string; source: string | null }
	| { fact: 'profile'; name: string | null; username: string | null }
	/** The person's own choice in WhatsApp, by Meta's category (`marketing_messages`). */
	| { fact: 'preference'; category: string; optedOut: boolean }
	/** Consent that the business recorded, by category (its own word or Meta's). */
	| {
			fact: 'consent';
			category: string;
			granted: boolean;
			/** Where it was given: a form, a contract, an inbound STOP. */
			source: string | null;
			note: string | null;
	  }
	/** A human has taken over (`active`) or returned the conversation. */
	| {
			fact: 'handoff';
			active: boolean;
			/** When it ends by itself; null if only when returned. */
			until: number | null;
			by: string | null;
			reason: string | null;
	  };

export type ContactUpdate = FactUpdate & {
	accountKey: string;
	/** Phone number or user ID of the person, plain or hashed. */
	contactKey: string;
	/** When it became true, in milliseconds since 1970. */
	at: number;
};

type Known<Name extends FactUpdate['fact'], Scope extends string = never> = Omit<
	Extract<FactUpdate, { fact: Name }>,
	'fact' | Scope
> & { at: number };

/** What is known about a person under all their keys. */
export interface Contact {
	/** All linked keys of the person. */
	keys: string[];
	/** Key of the phone number; null if no link contains it. */
	waKey: string | null;
	/** Key of the user ID; null if no link contains it. */
	userKey: string | null;
	profile: Known<'profile'> | null;
	/** By phone number ID of the business. */
	inbound: Record<string, Known<'inbound', 'phoneNumberId'>>;
	/** By phone number ID of the business. */
	entryPoints: Record<string, Known<'entryPoint', 'phoneNumberId'>>;
	/** By category. */
	preferences: Record<string, Known<'preference', 'category'>>;
	/** By category. */
	consents: Record<string, Known<'consent', 'category'>>;
	handoff: Known<'handoff'> | null;
}

/** Phone number and user ID of one person, as they appeared together in a webhook. */
export interface ContactLink {
	accountKey: string;
	waKey: string;
	userKey: string;
	at: number;
}

export interface ContactStore {
	/**
	 * Records updates. An older one never replaces a newer one, unless the newer one lies in the
	 * future (the clock was set back).
	 */
	record(entries: readonly ContactUpdate[], now: number): Promise<void>;

	/** Links two keys of one person. For each key, the newest link counts. */
	link(links: readonly ContactLink[], now: number): Promise<void>;

	/** What is known under each key and the key linked to it; empty for an unknown contact. */
	get(accountKey: string, contactKeys: readonly string[]): Promise<Contact[]>;

	/** Contacts that have a given fact, such as a `handoff`, with its newest value. */
	list<Name extends FactUpdate['fact']>(
		request: { accountKey: string; fact: Name } & PageRequest,
	): Promise<Page<Extract<FactUpdate, { fact: Name }> & { contactKey: string; at: number }>>;

	/** Deletes facts and links of a person under these keys. Outbox entries and statuses stay. */
	forget(accountKey: string, contactKeys: readonly string[]): Promise<void>;
}
