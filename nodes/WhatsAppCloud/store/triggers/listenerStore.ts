/** A trigger that wants the events of an account. */
export interface Listener {
	/** Unique: workflow, node, and whether it is a test. */
	listenerId: string;
	accountKey: string;
	workflowId: string;
	nodeId: string;
	nodeName: string;
	isTest: boolean;
	/** URL to which webhooks are forwarded; null if it accepts none. */
	address: string | null;
	/** The process that registered it. */
	owner: string;
	/** After this time it counts as gone; null: registered until removed. */
	leaseUntil: number | null;
	/** The trigger's own data as JSON text, such as what it replaced at Meta. */
	details: string | null;
}

export interface ListenerRecord extends Listener {
	registeredAt: number;
	updatedAt: number;
}

/** Identifies a listener that has not changed since it was read. */
export type ReadListener = Pick<ListenerRecord, 'listenerId' | 'leaseUntil' | 'updatedAt'>;

export interface ListenerStore {
	/** Adds the listener, or replaces the one with the same ID. */
	register(listener: Listener, now: number): Promise<void>;

	/**
	 * Sets the leases of listeners that have not changed since they were read, or removes them if
	 * null. Leaves alone those removed or registered again meanwhile.
	 *
	 * @returns for each, whether it was unchanged.
	 */
	lease(read: readonly ReadListener[], leaseUntil: number | null, now: number): Promise<boolean[]>;

	/**
	 * Moves listeners to another account, with other details, unless they have changed since they
	 * were read.
	 *
	 * @returns for each, whether it was moved.
	 */
	move(
		read: readonly (ReadListener & Pick<Listener, 'details'>)[],
		accountKey: string,
		now: number,
	): Promise<boolean[]>;

	/**
	 * Live listeners of an account, longest-registered first. A lease that seems to end more than an
	 * hour from now counts as live here: losing a listener is worse than calling one that is gone.
	 */
	list(accountKey: string, now: number): Promise<ListenerRecord[]>;

	/** Those of the listeners that exist, whatever their account and lease. */
	find(listenerIds: readonly string[]): Promise<ListenerRecord[]>;

	/** @returns for each, whether it existed. */
	remove(listenerIds: readonly string[]): Promise<boolean[]>;

	/**
	 * Removes listeners that have not changed since they were read. @returns for each, whether it was
	 * removed.
	 */
	removeUnchanged(read: readonly ReadListener[]): Promise<boolean[]>;
}
