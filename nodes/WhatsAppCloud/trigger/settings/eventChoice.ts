import type { OpeningHours } from '../../time/hours';

/** What stands in the panel's list for all events. */
export const ALL_EVENTS = '*';

/** Which events start the workflow. An empty set or `null` means no restriction. */
export interface Choice {
	events: ReadonlySet<string>;
	/** For messages only. */
	messageTypes: ReadonlySet<string>;
	/** For statuses only. */
	statuses: ReadonlySet<string>;
	/** For all events except those about the whole account. */
	phoneNumberIds: ReadonlySet<string>;
	/** Phone numbers as digits, or user IDs; for messages only. */
	senders: ReadonlySet<string>;
	/** For messages only, by when they were written. */
	hours: OpeningHours | null;
	/** Leaves out messages sent on behalf of the business from elsewhere. */
	ignoreEchoes: boolean;
	/** For messages only; their greatest age in milliseconds. */
	maxAgeMs: number | null;
	/**
	 * For messages, statuses and payments: beyond this age, in milliseconds, they count as replays.
	 */
	replayAgeMs: number | null;
	/** Leaves out messages in conversations that a human or another agent answers. */
	skipsTakenOver: boolean;
}

/** The filter that kept an event out, by its name in the panel. */
export type FilterName =
	| 'Events'
	| 'Message Types'
	| 'Statuses'
	| 'Phone Numbers'
	| 'Senders'
	| 'Hours'
	| 'Registration'
	| 'Ignore Own Echoes'
	| 'When a Person Has Taken Over'
	| 'Ignore Messages Older Than'
	| 'Drop Replays Older Than';
