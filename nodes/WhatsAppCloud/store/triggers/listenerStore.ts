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

/** By what a listener is known to be the same as when it was read. */
export type ReadListener = Pick<ListenerRecord, 'listenerId' | 'leaseUntil' | 'updatedAt'>;

export interface ListenerStore {
	/** Adds the listener, or replaces the one with the same ID. */
	register(listener: Listener, now: number): Promise<void>;

	/**
	 * Ends, begins or (with null) takes away the leases of those that are still as they were read:
	 * whoever was removed or registered anew meanwhile is left alone.
	 *
	 * @returns for each whether it was as read.
	 */
	lease(read: readonly ReadListener[], leaseUntil: number | null, now: number): Promise<boolean[]>;

	/**
	 * Living listeners of an account, the longest registered first. A lease that seems to run for
	 * more than an hour from now on is kept as living here: losing a listener is worse than a call
	 * into the void.
	 */
	list(accountKey: string, now: number): Promise<ListenerRecord[]>;

	/** @returns for each whether it was there. */
	remove(listenerIds: readonly string[]): Promise<boolean[]>;

	/** Removes those that are still as they were read. @returns for each whether it was so. */
	removeUnchanged(read: readonly ReadListener[]): Promise<boolean[]>;
}
