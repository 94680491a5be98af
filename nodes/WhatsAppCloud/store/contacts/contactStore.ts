import type { Page, PageRequest } from '../page';

/** A fact about a person, with the time since which it holds. The newest one of a kind counts. */
export type ContactFact =
	/** The person wrote to a number of the business: opens the service window of that number. */
	| { fact: 'inbound'; phoneNumberId: string; messageId: string | null }
	/** The person came by an ad, which opens a free entry point for that number. */
	| { fact: 'entryPoint'; phoneNumberId: string; source: string | null }
	| { fact: 'profile'; name: string | null; username: string | null }
	/** The person's own choice in WhatsApp, by Meta's category (`marketing_messages`). */
	| { fact: 'preference'; category: string; optedOut: boolean }
	/** Consent that the business recorded, by category (its own word or Meta's). */
	| {
			fact: 'consent';
			category: string;
			granted: boolean;
			/** Where it comes from: a form, a contract, an inbound STOP. */
			source: string | null;
			note: string | null;
	  }
	/** A human has taken over (`active`) or given back the conversation. */
	| {
			fact: 'handoff';
			active: boolean;
			/** Ends by itself at this time; null: only by giving back. */
			until: number | null;
			by: string | null;
			reason: string | null;
	  };

export type ContactEntry = ContactFact & {
	accountKey: string;
	/** Phone number or user ID of the person, plain or hashed. */
	contactKey: string;
	/** Since when it holds. */
	at: number;
};

type Known<Name extends ContactFact['fact'], Scope extends string = never> = Omit<
	Extract<ContactFact, { fact: Name }>,
	'fact' | Scope
> & { at: number };

/** What is known about a person, over all their keys. */
export interface Contact {
	/** All keys of the person, as far as they were linked. */
	keys: string[];
	/** Key of the phone number; null while no link names it. */
	waKey: string | null;
	/** Key of the user ID; null while no link names it. */
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

/** Phone number and user ID of the same person, as a webhook names them together. */
export interface ContactLink {
	accountKey: string;
	waKey: string;
	userKey: string;
	at: number;
}

export interface ContactStore {
	/**
	 * Records facts. An older one never replaces a newer one, unless that lies in the future (a clock
	 * that jumped back).
	 */
	record(entries: readonly ContactEntry[], now: number): Promise<void>;

	/** Remembers that two keys are one person. For either key the newest link counts. */
	link(links: readonly ContactLink[], now: number): Promise<void>;

	/** What is known under each key and the key linked to it; empty facts for a stranger. */
	get(accountKey: string, contactKeys: readonly string[]): Promise<Contact[]>;

	/** Keys of the contacts that have a fact, such as all with a `handoff`, with its newest value. */
	list<Name extends ContactFact['fact']>(
		request: { accountKey: string; fact: Name } & PageRequest,
	): Promise<Page<Extract<ContactFact, { fact: Name }> & { contactKey: string; at: number }>>;

	/** Forgets a person under these keys: facts and links. Operations and statuses stay. */
	forget(accountKey: string, contactKeys: readonly string[]): Promise<void>;
}
