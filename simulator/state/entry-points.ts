/** A reply within this time opens the free entry point. */
const answerWithinMs = 24 * 3_600_000;
const openForMs = 72 * 3_600_000;

/** A conversation that began with a click on an ad or a page's button. */
export interface EntryPoint {
	/** Meta's ID of the conversation. */
	id: string;
	/** Milliseconds since 1970. */
	endsMs: number;
}

/**
 * Free entry points: after a customer writes from an ad and is answered within a day, messages to
 * them are free for three days.
 * https://developers.facebook.com/docs/whatsapp/pricing#free-entry-point-conversations
 */
export class EntryPoints {
	/** When the customer wrote, by conversation, until the business answers. */
	readonly #clicks = new Map<string, number>();
	readonly #open = new Map<string, EntryPoint>();

	clicked(key: string, nowMs: number): void {
		this.#clicks.set(key, nowMs);
	}

	/** The entry point that applies to a message of the business; the first reply opens it. */
	ofMessage(key: string, nowMs: number, newId: () => string): EntryPoint | null {
		const clickedMs = this.#clicks.get(key);
		if (clickedMs !== undefined) {
			this.#clicks.delete(key);
			if (nowMs - clickedMs < answerWithinMs) {
				this.#open.set(key, { id: newId(), endsMs: nowMs + openForMs });
			}
		}
		const open = this.#open.get(key);
		return open && nowMs < open.endsMs ? open : null;
	}

	clear(): void {
		this.#clicks.clear();
		this.#open.clear();
	}
}
