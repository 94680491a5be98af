/** A part of a list. Give `next` back to get what follows; null at the end. */
export interface Page<Entry> {
	entries: Entry[];
	next: string | null;
}

export interface PageRequest {
	/** 1 to 1,000. */
	limit: number;
	/** `next` of the page before; null or left out for the first. */
	after?: string | null;
}
