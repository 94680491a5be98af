import type { IDataObject } from 'n8n-workflow';
import { consentCategories, consentFor } from '../../contacts/consent';
import { handoffFor } from '../../contacts/handoff';
import { windowFor } from '../../contacts/window';
import type { ItemShape } from '../../node/itemShape';
import type { Contact } from '../../store/contacts/contactStore';
import { isoTime } from '../../values/timestamp';
import { objectOf, without } from '../../values/unknown';
import { shownKey } from './person';

const consentShape = { state: 'string', since: 'string', source: 'string' } as const;

/** What the items of contacts hold. */
export const contactShape: Readonly<Record<string, ItemShape>> = {
	contact: 'string',
	phone: 'string',
	userId: 'string',
	name: 'string',
	username: 'string',
	isKnown: 'boolean',
	phoneNumberId: 'string',
	window: { state: 'string', until: 'string', isFreeEntry: 'boolean' },
	consent: {
		marketing: consentShape,
		utility: consentShape,
		authentication: consentShape,
		service: consentShape,
	},
	handoff: { kind: 'string', by: 'string', reason: 'string', since: 'string', until: 'string' },
	lastInboundAt: 'string',
	lastInboundMessageId: 'string',
	lastOutboundAt: 'string',
	lastEntryPointAt: 'string',
};

/** What is known of a person at one of the business's numbers. */
export interface KnownContact {
	/** As asked for, or as the state has them. */
	contact: string;
	facts: Contact;
	phoneNumberId: string;
	/** Since when a trigger has recorded what the number gets; null if none does. */
	listeningSince: number | null;
	/** Whether the clock was set back, so that nobody knows how long ago something was. */
	hasJumped: boolean;
	/** When the last message went to the person; null if none is recorded. */
	lastOutboundAt: number | null;
}

/** @param now in milliseconds since 1970 */
export function contactItem(
	{ contact, facts, phoneNumberId, listeningSince, hasJumped, lastOutboundAt }: KnownContact,
	now: number,
): IDataObject {
	const about = { listeningSince, hasJumped, now };
	const { state, until, isFreeEntry } = windowFor(facts, phoneNumberId, about);
	const taken = handoffFor(facts, phoneNumberId, now);
	const inbound = facts.inbound[phoneNumberId];
	const isUserId = !contact.startsWith('+') && shownKey(contact) !== null;
	return {
		contact,
		phone: shownKey(facts.waKey) ?? (contact.startsWith('+') ? contact : null),
		userId: shownKey(facts.userKey) ?? (isUserId ? contact : null),
		name: facts.profile?.name ?? null,
		username: facts.profile?.username ?? null,
		isKnown: isKnown(facts) || lastOutboundAt !== null,
		phoneNumberId,
		window: { state, until: isoTime(until), isFreeEntry },
		consent: Object.fromEntries(
			consentCategories.map((category) => {
				const { state: given, at, source } = consentFor(facts, category);
				return [category, { state: given, since: isoTime(at), source }];
			}),
		),
		handoff:
			taken === null
				? null
				: {
						kind: taken.kind,
						by: taken.by,
						reason: taken.reason,
						since: isoTime(taken.at),
						until: isoTime(taken.until),
					},
		lastInboundAt: isoTime(inbound?.at),
		lastInboundMessageId: inbound?.messageId ?? null,
		lastOutboundAt: isoTime(lastOutboundAt),
		lastEntryPointAt: isoTime(facts.entryPoints[phoneNumberId]?.at),
	};
}

/** Whether there is any link or fact. */
const isKnown = ({ waKey, userKey, profile, ...others }: Contact): boolean =>
	[waKey, userKey, profile].some((each) => each !== null) ||
	Object.values(without(others, 'keys')).some((each) => Object.keys(objectOf(each)).length > 0);
