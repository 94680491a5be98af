/** A trigger that wants the events of an account. */
export interface Listener {
	/** Unique: workflow, node, and whether it is a test. */
	listenerId: string;
	accountKey: string;
	workflowId: string;
	nodeId: string;
	nodeName: string;
	isTest: boolean;
	/** Where events are handed over to: a URL. Null where it takes none. */
	address: string | null;
	/** The process that registered it. */
	owner: string;
	/** After this time it counts as gone; null: until it is removed. */
	leaseUntil: number | null;
	/** JSON text of whatever the trigger wants to remember, such as what it had replaced at Meta. */
	details: string | null;
}

export interface ListenerRecord extends Listener {
	registeredAt: number;
	updatedAt: number;
}

export interface ListenerStore {
	/** Adds the listener, or replaces the one with the same ID. */
	register(listener: Listener, now: number): Promise<void>;

	/** @returns for each whether it is (still) registered. */
	renew(listenerIds: readonly string[], leaseUntil: number, now: number): Promise<boolean[]>;

	/**
	 * Living listeners of an account, the longest registered first. A lease that seems to run for
	 * more than an hour from now on is kept as living here: losing a listener is worse than a call
	 * into the void.
	 */
	list(accountKey: string, now: number): Promise<ListenerRecord[]>;

	/** @returns for each whether it was there. */
	remove(listenerIds: readonly string[]): Promise<boolean[]>;
}
