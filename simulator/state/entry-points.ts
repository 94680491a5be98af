/** An answer within this time opens the free entry point. */
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
 * Free entry points: who writes after a click on an ad, and is answered within a day, can be written
 * to for three days without cost.
 * https://developers.facebook.com/docs/whatsapp/pricing#free-entry-point-conversations
 */
export class EntryPoints {
	/** When the customer came, by conversation; until that is answered. */
	readonly #clicks = new Map<string, number>();
	readonly #open = new Map<string, EntryPoint>();

	clicked(key: string, nowMs: number): void {
		this.#clicks.set(key, nowMs);
	}

	/** The entry point that a message of the business falls under; the first answer opens it. */
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
