/** A status of Meta's webhook about a message that the business sent. */
export interface StatusEntry {
	accountKey: string;
	messageId: string;
	/** `sent`, `delivered`, `read`, `played`, `failed` or whatever Meta adds. */
	status: string;
	/** Meta's time of the status; null where it sent none, then the time of recording counts. */
	at: number | null;
	/** From `biz_opaque_callback_data`; null where it holds none. */
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
	 * The furthest status: `played`, `read`, `delivered`, `failed`, `sent`, in this order, however
	 * late or often each arrived; otherwise the last one that Meta has added.
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
	 * Records statuses, in any order and as often as they come. One that carries the ID of an
	 * operation settles it: `sent`, `delivered`, `read` and `played` prove that it went out, and
	 * `failed` ends one that was `sending` or `unknown`. A message ID that belongs to an earlier
	 * operation of the same key settles nothing.
	 *
	 * @returns for each status whether it settled an operation.
	 */
	record(entries: readonly StatusEntry[], now: number): Promise<boolean[]>;

	/** Null for messages of which no status has arrived. */
	timelines(messageIds: readonly string[]): Promise<(MessageTimeline | null)[]>;
}
