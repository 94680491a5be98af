/** A webhook that is to be handed to an address outside. */
export interface NewForward {
	/** The app's triggers, which the same signature fits. */
	group: string;
	address: string;
	/** Meta's bytes, one character each; the store neither reads nor encrypts them. */
	body: string;
	/** Of the bytes as they were, however `body` is kept: recognises a webhook that comes again. */
	bodyHash: string;
	/** Meta's signature of the bytes, as it stands in the header. */
	signature: string;
	/** The people in it, by whom it can be erased. */
	people: readonly { accountKey: string; key: string }[];
}

/** A webhook whose time has come. */
export interface DueForward {
	/** The same for every attempt. */
	forwardId: string;
	address: string;
	body: string;
	signature: string;
	/** This one included. */
	attempts: number;
}

/** How the webhooks for one address are doing. */
export interface ForwardBacklog {
	address: string;
	waiting: number;
	/** When the oldest of them arrived, in milliseconds since 1970. */
	oldestAt: number;
	/** Why the last attempt failed; null if none has. */
	problem: string | null;
}

/** How many webhooks for an address are gone without having been taken. */
export interface GivenUp {
	address: string;
	tooOld: number;
	/** The oldest of more than may wait. */
	surplus: number;
}

/** What a loop takes. */
interface ForwardRequest {
	group: string;
	address: string;
	/** How long nobody else gets them, in milliseconds. */
	leaseMs: number;
	limit: number;
	/** Only what was never tried, or without any of that, what was tried least. Default: the oldest. */
	leastTried?: boolean;
}

/**
 * Webhooks on their way to addresses outside. `InboxStore.receive` writes them, with everything else
 * of the webhook. One that was delivered is erased.
 */
export interface ForwardStore {
	/** Addresses for which something is due. */
	due(group: string, now: number): Promise<string[]>;

	/** Takes what is due for an address, the oldest first. */
	take(request: ForwardRequest, now: number): Promise<DueForward[]>;

	delivered(forwardId: string): Promise<void>;

	/** The address has not taken this one. What else waits for it goes on. */
	postpone(forwardId: string, dueAt: number, problem: string): Promise<void>;

	/**
	 * Gives up what has arrived before a time, and the oldest of what waits for an address beyond the
	 * most. What somebody has taken is under way and stays.
	 */
	expire(group: string, limits: { before: number; most: number }, now: number): Promise<GivenUp[]>;

	backlogs(group: string): Promise<ForwardBacklog[]>;

	/** Calls back when any process has received something to forward (see `Database.listen`). */
	onReceived(wake: () => void): () => void;
}
