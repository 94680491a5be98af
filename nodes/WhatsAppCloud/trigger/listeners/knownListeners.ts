import type { Listener, ListenerRecord } from '../../store/triggers/listenerStore';
import type { ListenerScope } from './listenerScope';
import type { Account } from '../../graph/account';
import { decodeText } from '../deliveries/content';
import { readOptions, readOptionsText, type TriggerOptions } from '../settings/triggerOptions';
import { remembered } from '../settings/remembered';

/** What a trigger tells the others about itself. */
export type ListenerDetails = ListenerScope & {
	/** As it was when it was published; a state of an earlier version lacks it. */
	workflowName?: string | undefined;
	/** Its parameters as JSON, as they were when it was published; encrypted like events. */
	parameters?: string;
	/** The events it chose; `null` if an expression decides. */
	interests: { events: string[]; statuses: string[] } | null;
	/** n8n's ID of its credential; `null` if n8n has none. */
	credentialId: string | null;
	/** Whether its credential is enough to remove a registration at Meta. */
	canRegister: boolean;
	/** When it started listening: each test run starts anew. */
	session: number;
};

/** A trigger of the same app, as stored. */
export type KnownListener = ListenerRecord & { address: string; about: Readonly<ListenerDetails> };

/** The stored listeners that can be called; leaves out others. */
export function readListeners(records: readonly ListenerRecord[]): KnownListener[] {
	return records.flatMap((record) => {
		if (record.address === null || record.details === null) return [];
		return [{ ...record, address: record.address, about: readDetails(record.details) }];
	});
}

/**
 * Whether it was unpublished a moment ago. What arrives is kept for it, since n8n unpublishes a
 * changed workflow before it publishes it again; nothing else counts on it.
 */
export function isLeaving({
	isTest,
	leaseUntil,
}: Pick<ListenerRecord, 'isTest' | 'leaseUntil'>): boolean {
	return !isTest && leaseUntil !== null;
}

/** Whether it is still listening: a test run ends, and so does the minute after unpublishing. */
export function isLiving({ leaseUntil }: KnownListener, now: number): boolean {
	return leaseUntil === null || leaseUntil > now;
}

/** A trigger as people know it: `"WhatsApp Cloud Trigger" in workflow "Shop"`. */
export const nameOfListener = ({
	nodeName,
	workflowId,
	about: { workflowName },
}: Pick<KnownListener, 'nodeName' | 'workflowId' | 'about'>): string =>
	`"${nodeName}" in workflow ${workflowName === undefined ? workflowId : `"${workflowName}"`}`;

/** Only this package writes the column. */
const readDetails = remembered((details) => JSON.parse(details) as Readonly<ListenerDetails>);

/** Whether two describe the same listener, whenever it started. */
export function isSameListener(known: KnownListener | undefined, listener: Listener): boolean {
	if (known?.address !== listener.address || known.leaseUntil !== null) return false;
	const about = readDetails(listener.details ?? '{}');
	return (
		JSON.stringify({ ...known.about, session: 0 }) === JSON.stringify({ ...about, session: 0 })
	);
}

/**
 * A listener's panel, as it was when it was published.
 *
 * @throws FieldProblem if a newer version wrote parameters that this one cannot use
 * @throws ContentProblem if they were stored under another app secret
 */
export function optionsOf(
	{ about: { parameters, interests } }: Pick<KnownListener, 'about'>,
	account: Pick<Account, 'appSecret'>,
): TriggerOptions {
	// A version without an inbox has stored no parameters.
	if (parameters === undefined) return readOptions({ ...interests, timeZone: 'UTC' });
	return readOptionsText(decodeText(parameters, account));
}
