import type { OpeningHours } from '../../time/hours';

/** Which events start the workflow. An empty set or `null` does not restrict. */
export interface Choice {
	events: ReadonlySet<string>;
	/** For messages only. */
	messageTypes: ReadonlySet<string>;
	/** For statuses only. */
	statuses: ReadonlySet<string>;
	/** For all events but those about the whole account. */
	phoneNumberIds: ReadonlySet<string>;
	/** Phone numbers as digits, or user IDs; for messages only. */
	senders: ReadonlySet<string>;
	/** For messages only, by the time at which they were written. */
	hours: OpeningHours | null;
	/** Leaves out messages sent in the name of the business from elsewhere. */
	ignoreEchoes: boolean;
	/** For messages only; milliseconds between writing and now. */
	maxAgeMs: number | null;
	/** For messages, statuses and payments: beyond this age, in milliseconds, they are a replay. */
	replayAgeMs: number | null;
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
	| 'Ignore Messages Older Than'
	| 'Drop Replays Older Than';
