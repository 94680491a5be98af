import type { JsonValue } from './lenientJson';

/** The person at the other end, as the items of the trigger have it; see docs/events.md. */
export interface EventContact {
	/** The key to remember a contact by: `userId`, or `waId` if Meta sends no user ID. */
	id: string | null;
	/** Phone number, digits only; Meta may leave it out for people with a username. */
	waId: string | null;
	/** Business-scoped user ID, such as `US.13491208655302741918`. */
	userId: string | null;
	/** User ID across all portfolios of a parent business, such as `US.ENT.11815799212886844830`. */
	parentUserId: string | null;
	username: string | null;
	/** Name of the WhatsApp profile, chosen by the person. */
	name: string | null;
	/** Country of the profile, such as `US`. */
	countryCode: string | null;
	/** Changes with the person's device; Meta sends it if the number has identity checks on. */
	identityKeyHash: string | null;
}

/** What every item holds. */
export interface EventOrigin {
	/** ISO 8601 in UTC; `null` if Meta sends no readable time. */
	timestamp: string | null;
	businessAccountId: string | null;
	phoneNumberId: string | null;
	displayPhoneNumber: string | null;
	contact: EventContact;
}

/** The part of the webhook that an item was made from, as Meta sent it. */
export interface EventRaw {
	raw: JsonValue;
}
