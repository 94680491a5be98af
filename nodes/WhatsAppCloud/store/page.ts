/** Part of a list. Pass `next` back to get the following page; null at the end. */
export interface Page<Entry> {
	entries: Entry[];
	next: string | null;
}

export interface PageRequest {
	/** 1 to 1,000. */
	limit: number;
	/** `next` from the previous page; null or omitted for the first. */
	after?: string | null;
}
