import type { Contact } from '../store/contacts/contactStore';
import { clockBackMs } from '../store/clockBack';
import { dayMs, hourMs } from '../time/durations';

/** How long a person's message, call or tap keeps the service window open. */
const windowMs = dayMs;

/** How long a free entry point lasts, from the answer that opened it … */
const entryPointMs = 72 * hourMs;

/** … which comes at most this long after the person's message. */
const answeredWithinMs = dayMs;

/**
 * What is known of a person's service window at one business number.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows
 */
export interface ServiceWindow {
	/** `unknown`: nobody has listened long enough to say, or the clock cannot be trusted. */
	state: 'open' | 'closed' | 'unknown';
	/** When it closes or has closed, in milliseconds since 1970; null if that is not known. */
	until: number | null;
	/** Open because the person came through an ad or a button of a page. */
	isFreeEntry: boolean;
}

/** What the window depends on besides the person. */
export interface WindowNow {
	/** Since when a trigger has recorded what this number gets; null if none does. */
	listeningSince: number | null;
	/** In milliseconds since 1970. */
	now: number;
	/** Whether the clock has jumped, so that nobody knows how long ago something was. */
	hasJumped?: boolean;
}

const unknown: ServiceWindow = { state: 'unknown', until: null, isFreeEntry: false };

/**
 * Whether a person's window is open. A message in a group is not recorded as theirs, so it opens
 * nothing.
 *
 * @param contact what is known of the person; null if nothing is
 */
export function windowFor(
	contact: Pick<Contact, 'inbound' | 'entryPoints' | 'closedWindows'> | null,
	phoneNumberId: string,
	{ listeningSince, now, hasJumped = false }: WindowNow,
): ServiceWindow {
	if (hasJumped) return unknown;
	const wroteAt = contact?.inbound[phoneNumberId]?.at ?? null;
	const cameAt = contact?.entryPoints[phoneNumberId]?.at ?? null;
	const refusedAt = contact?.closedWindows[phoneNumberId]?.at ?? null;
	const lastAt = Math.max(wroteAt ?? -Infinity, cameAt ?? -Infinity);
	// Written before the clock was set back.
	if (lastAt > now + clockBackMs) return unknown;

	const windowEnd = wroteAt === null ? null : wroteAt + windowMs;
	if (windowEnd !== null && windowEnd > now) {
		return { state: 'open', until: windowEnd, isFreeEntry: isWithin(cameAt, entryPointMs, now) };
	}
	const end = cameAt === null ? windowEnd : Math.max(windowEnd ?? 0, cameAt + entryPointMs);
	const closed: ServiceWindow = { state: 'closed', until: end, isFreeEntry: false };
	if (refusedAt !== null && refusedAt >= lastAt && refusedAt <= now + clockBackMs) {
		return { ...closed, until: end === null || end > now ? null : end };
	}
	if (isWithin(cameAt, entryPointMs, now)) return { state: 'open', until: end, isFreeEntry: true };
	// It may have been answered late, and then it lasts longer.
	if (isWithin(cameAt, answeredWithinMs + entryPointMs, now)) return unknown;
	const hasListened = listeningSince !== null && now - listeningSince >= windowMs;
	return hasListened ? closed : unknown;
}

const isWithin = (since: number | null, durationMs: number, now: number): boolean =>
	since !== null && now < since + durationMs;
