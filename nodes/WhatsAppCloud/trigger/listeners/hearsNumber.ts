import { ALL_EVENTS } from '../settings/eventChoice';
import type { KnownListener } from './knownListeners';
import { covers } from './listenerScope';

/** Choices for which Meta sends messages; whoever made another one may not get them. */
const withMessages: ReadonlySet<string> = new Set(['message', 'status', ALL_EVENTS]);

/** Whether a published trigger gets what people write to a number. Test runs do not count. */
export const hearsNumber = (
	{ isTest, leaseUntil, about }: Pick<KnownListener, 'isTest' | 'leaseUntil' | 'about'>,
	number: { phoneNumberId: string; businessAccountId: string },
): boolean =>
	!isTest &&
	leaseUntil === null &&
	about.interests?.events.some((event) => withMessages.has(event)) !== false &&
	covers(about, number);
