import type { Listener, ListenerRecord } from '../../store/triggers/listenerStore';
import { covers, type ListenerScope } from './listenerScope';
import type { WebhookEvent } from '../../events/webhookEvent';

/** What a trigger says about itself to the others. */
export type ListenerDetails = ListenerScope & {
	/** What it chose, so that nothing else is forwarded to it; `null` where an expression decides. */
	interests: { events: string[]; statuses: string[] } | null;
	/** Whether its credential suffices to remove a registration at Meta. */
	canRegister: boolean;
	/** When it began to listen: a test run begins anew each time. */
	session: number;
};

/** A trigger of the same app, as the store knows it. */
export type KnownListener = ListenerRecord & { address: string; about: ListenerDetails };

/** Under which name a listener claims events: each test run is a new one. */
export function claimScope(listenerId: string, own: KnownListener | undefined): string {
	return own?.isTest === true ? `${listenerId}:${own.about.session}` : listenerId;
}

/** Listeners of the store that can be called; others are left out. */
export function readListeners(records: readonly ListenerRecord[]): KnownListener[] {
	return records.flatMap((record) => {
		if (record.address === null || record.details === null) return [];
		return [{ ...record, address: record.address, about: readDetails(record.details) }];
	});
}

/** Whether it is still waited for: a test run ends, and so does one that nobody reaches. */
export function isLiving({ leaseUntil }: KnownListener, now: number): boolean {
	return leaseUntil === null || leaseUntil > now;
}

/** Only this package writes the column. */
function readDetails(details: string): ListenerDetails {
	return JSON.parse(details) as ListenerDetails;
}

/** Whether two say the same of a listener, whenever it began. */
export function isSameListener(known: KnownListener | undefined, listener: Listener): boolean {
	if (known?.address !== listener.address || known.leaseUntil !== null) return false;
	const about = readDetails(listener.details ?? '{}');
	return (
		JSON.stringify({ ...known.about, session: 0 }) === JSON.stringify({ ...about, session: 0 })
	);
}

/** Whether the listener may have chosen the event. */
export function mayWant({ about }: KnownListener, event: WebhookEvent): boolean {
	if (!covers(about, event)) return false;
	if (about.interests === null) return true;
	const { events, statuses } = about.interests;
	if (events.length > 0 && !events.includes(event.event)) return false;
	return !('status' in event) || statuses.length === 0 || statuses.includes(event.status);
}
