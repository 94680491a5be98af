import type { Contact } from '../store/contacts/contactStore';
import { dayMs } from '../time/durations';

/**
 * How long Meta keeps a thread with the app that owns it after the last message.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing
 */
export const threadIdleMs = dayMs;

/** The scope of a handoff with all numbers. */
const allNumbers = '';

/** Who answers a person instead of the bot. */
export interface TakenOver {
	/** `handoff`: a human; `standby`: another app or agent that owns Meta's thread. */
	kind: 'handoff' | 'standby';
	/** When it ends by itself, in milliseconds since 1970; null if only when it is returned. */
	until: number | null;
	by: string | null;
	reason: string | null;
	/** Since when. */
	at: number;
}

/**
 * Whether somebody else answers a person at one business number now. Standby comes first: sending
 * there would take the thread from its owner. A message that arrived otherwise shows that Meta has
 * returned it.
 *
 * @param contact what is known of the person; null if nothing is
 * @param now in milliseconds since 1970
 */
export function handoffFor(
	contact: Pick<Contact, 'handoffs' | 'standby' | 'inbound'> | null,
	phoneNumberId: string,
	now: number,
): TakenOver | null {
	if (contact === null) return null;
	return standbyAt(contact, phoneNumberId, now) ?? humanAt(contact, phoneNumberId, now);
}

function standbyAt(
	contact: Pick<Contact, 'standby' | 'inbound'>,
	phoneNumberId: string,
	now: number,
): TakenOver | null {
	const standby = contact.standby[phoneNumberId];
	if (standby?.active !== true || isOver(standby.until, now)) return null;
	const lastMessageAt = contact.inbound[phoneNumberId]?.at ?? -Infinity;
	if (lastMessageAt > standby.at) return null;
	const { until, by, at } = standby;
	return { kind: 'standby', until, by, reason: null, at };
}

function humanAt(
	{ handoffs }: Pick<Contact, 'handoffs'>,
	phoneNumberId: string,
	now: number,
): TakenOver | null {
	const known = [handoffs[phoneNumberId], handoffs[allNumbers]].flatMap((each) => each ?? []);
	// What was said last of this number or of all counts.
	const [newest] = known.sort((a, b) => b.at - a.at);
	if (newest?.active !== true || isOver(newest.until, now)) return null;
	const { until, by, reason, at } = newest;
	return { kind: 'handoff', until, by, reason, at };
}

const isOver = (until: number | null, now: number): boolean => until !== null && until <= now;
