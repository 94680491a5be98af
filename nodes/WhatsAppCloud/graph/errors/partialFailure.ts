import type { GraphFailure } from './errors';

/** A failed call of several: the others were done, and the user has to know which. */
export class PartialFailure extends Error {
	override name = 'PartialFailure';
	readonly failure: GraphFailure;
	/** Begins the error's text: `Page 3 could not be read: `. */
	readonly before: string;
	/** Ends its description, as sentences of their own. */
	readonly after: string;

	constructor(failure: GraphFailure, { before, after }: { before: string; after: string }) {
		super(failure.message);
		this.failure = failure;
		this.before = before;
		this.after = after;
	}
}
