/** A status from Meta's webhook for a message the business sent. */
export interface StatusEntry {
	accountKey: string;
	messageId: string;
	/** `sent`, `delivered`, `read`, `played`, `failed` or whatever Meta adds. */
	status: string;
	/**
	 * Meta's time for the status; null if it sent none, in which case the time of recording counts.
	 */
	at: number | null;
	/** From `biz_opaque_callback_data`; null if it contains none. */
	operationId: string | null;
	phoneNumberId: string | null;
	recipientKey: string | null;
	errorCode: number | null;
	errorTitle: string | null;
	pricing: { category: string | null; type: string | null; billable: boolean | null } | null;
}

/** What is known about a message on its way: the first time of each status. */
export interface MessageTimeline {
	messageId: string;
	accountKey: string;
	operationId: string | null;
	phoneNumberId: string | null;
	recipientKey: string | null;
	/**
	 * The furthest of `played`, `read`, `delivered`, `failed` and `sent`, in this order, however late
	 * or often each arrived; otherwise the last status that Meta has added to these.
	 */
	status: string;
	sentAt: number | null;
	deliveredAt: number | null;
	readAt: number | null;
	playedAt: number | null;
	failedAt: number | null;
	otherStatus: string | null;
	otherAt: number | null;
	errorCode: number | null;
	errorTitle: string | null;
	pricingCategory: string | null;
	pricingType: string | null;
	billable: boolean | null;
	firstAt: number;
	updatedAt: number;
}

export interface StatusStore {
	/**
	 * Records statuses, in any order and as often as they arrive. A status with an operation's ID
	 * completes that operation: `sent`, `delivered`, `read` and `played` prove that it went out, and
	 * `failed` ends one that was `sending` or `unknown`. A message ID that belongs to an earlier
	 * operation with the same key completes nothing.
	 *
	 * @returns for each status, whether it completed an operation.
	 */
	record(entries: readonly StatusEntry[], now: number): Promise<boolean[]>;

	/** Null for messages without any status yet. */
	timelines(messageIds: readonly string[]): Promise<(MessageTimeline | null)[]>;
}
