import type { Page, PageRequest } from '../page';

/** A new value for one fact about a person. The newest value of each fact counts. */
export type FactUpdate =
	/** The person wrote to a business number, which opens that number's service window. */
	| { fact: 'inbound'; phoneNumberId: string; messageId: string | null }
	/** The person came through an ad, which opens a free entry point for that number. */
	| { fact: 'entryPoint'; phoneNumberId: string; source: string | null }
	/** Meta refused a message because that number's service window was closed. */
	| { fact: 'windowClosed'; phoneNumberId: string }
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
			/** Null: with all numbers. */
			phoneNumberId: string | null;
			active: boolean;
			/** When it ends by itself; null if only when returned. */
			until: number | null;
			by: string | null;
			reason: string | null;
	  }
	/** Another app or agent owns Meta's thread with the person (`active`), or this one again. */
	| {
			fact: 'standby';
			phoneNumberId: string;
			active: boolean;
			/** When Meta ends the thread by itself. */
			until: number | null;
			/** The owner's role, as Meta names it. */
			by: string | null;
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
	/** All linked keys of the person: the one asked for first, then number and user ID. */
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
	/** By phone number ID of the business. */
	closedWindows: Record<string, Known<'windowClosed', 'phoneNumberId'>>;
	/** By category. */
	preferences: Record<string, Known<'preference', 'category'>>;
	/** By category. */
	consents: Record<string, Known<'consent', 'category'>>;
	/** By phone number ID of the business; under an empty key for all numbers. */
	handoffs: Record<string, Known<'handoff', 'phoneNumberId'>>;
	/** By phone number ID of the business. */
	standby: Record<string, Known<'standby', 'phoneNumberId'>>;
}

/** Phone number and user ID of one person, as they appeared together in a webhook. */
export interface ContactLink {
	accountKey: string;
	waKey: string;
	userKey: string;
	at: number;
}

/** One key of a person takes the place of another: a new number, or a new user ID. */
export interface ContactMove {
	accountKey: string;
	oldKey: string;
	newKey: string;
	at: number;
}

/** What the trail keeps of a change of consent, for good. */
export interface ConsentEntry {
	/** The same for the same change, however often it is recorded. */
	entryId: string;
	contactKey: string;
	/** `preference`: the person's choice in WhatsApp; `consent`: what the business recorded. */
	kind: 'consent' | 'preference';
	category: string;
	granted: boolean;
	source: string | null;
	note: string | null;
	/** When it became true. */
	at: number;
	recordedAt: number;
}

export interface ContactStore {
	/**
	 * Records updates. An older one never replaces a newer one, unless the newer one lies in the
	 * future (the clock was set back). Consents and preferences also go into the trail.
	 */
	record(entries: readonly ContactUpdate[], now: number): Promise<void>;

	/**
	 * Links two keys of one person. A number belongs to the user ID of its newest link; a user ID
	 * keeps all numbers that belong to it.
	 */
	link(links: readonly ContactLink[], now: number): Promise<void>;

	/** Copies what was known under an old key until then to the new one, the first time. */
	move(moves: readonly ContactMove[], now: number): Promise<void>;

	/** What is known under each key and the keys linked to it; empty for an unknown contact. */
	get(accountKey: string, contactKeys: readonly string[]): Promise<Contact[]>;

	/** Contacts that have a given fact, such as a `handoff`, with its newest value. */
	list<Name extends FactUpdate['fact']>(
		request: { accountKey: string; fact: Name } & PageRequest,
	): Promise<Page<Extract<FactUpdate, { fact: Name }> & { contactKey: string; at: number }>>;

	/** The people of an account by key, each once: by number if one is known, else by user ID. */
	people(request: { accountKey: string } & PageRequest): Promise<Page<Contact & { key: string }>>;

	/**
	 * When the same consent was recorded first, by its own time: of the same person, from the same
	 * source, with the same note.
	 *
	 * @param entries of one account
	 * @returns for each, in milliseconds since 1970; null if never
	 */
	firstTimes(entries: readonly ContactUpdate[]): Promise<(number | null)[]>;

	/** The trail of consent, oldest first; of all people, or of those with these keys. */
	trail(
		request: { accountKey: string; contactKeys?: readonly string[] } & PageRequest,
	): Promise<Page<ConsentEntry>>;
}
