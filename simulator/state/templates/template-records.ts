import type { Job } from '../clock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long the name of a deleted template stays blocked. */
const heldMs = 30 * dayMs;

/** A message that waits for what the first recipients think of its template. */
export interface HeldMessage {
	deliver(): void;
	drop(): void;
}

/** What Meta knows of a template and does not show. */
interface TemplateRecord {
	/** When it was edited while approved, in ms since 1970. */
	edits: number[];
	/** The status before it was archived, and its deletion to come. */
	archived: { status: string; deletion: Job } | null;
	/** Pauses for low quality so far; the third one disables. */
	pauses: number;
	/** It was paused by pacing, which a business can lift. */
	isPaced: boolean;
	/** Messages held back by pacing; null: they go out at once. */
	held: HeldMessage[] | null;
	/** When its review ended well, in ms since 1970; null if it was there from the beginning. */
	approvedMs: number | null;
	/** What happens next: the end of a review or of a pause. */
	next: Job | null;
}

/** A tap on a button of a template that was sent. */
interface Tap {
	messageId: string;
	/** The button's text. */
	text: string;
	/** It opens a page. */
	isLink: boolean;
}

/** What becomes of templates over time, by their IDs, and which names are blocked. */
export class TemplateRecords {
	readonly #records = new Map<string, TemplateRecord>();
	/** When templates were created, by business account, oldest first. */
	readonly #created = new Map<string, number[]>();
	/** Until when a name is blocked, by business account, name and language (empty: all of them). */
	readonly #held = new Map<string, number>();

	/** By the message's ID. */
	readonly #taps = new Map<string, Tap[]>();

	of(id: string): TemplateRecord {
		let record = this.#records.get(id);
		if (!record) {
			record = {
				edits: [],
				archived: null,
				pauses: 0,
				isPaced: false,
				held: null,
				approvedMs: null,
				next: null,
			};
			this.#records.set(id, record);
		}
		return record;
	}

	/** Plans what happens to a template next; whatever was planned before does not happen. */
	plan(id: string, job: Job | null): void {
		const record = this.of(id);
		record.next?.cancel();
		record.next = job;
	}

	/** How many templates the account has created within the last hour. */
	createdWithinHour(businessAccountId: string, nowMs: number): number {
		const recent = this.#recent(businessAccountId, nowMs);
		this.#created.set(businessAccountId, recent);
		return recent.length;
	}

	noteCreation(businessAccountId: string, nowMs: number): void {
		this.#created.set(businessAccountId, [...this.#recent(businessAccountId, nowMs), nowMs]);
	}

	#recent(businessAccountId: string, nowMs: number): number[] {
		const all = this.#created.get(businessAccountId) ?? [];
		return all.filter((atMs) => nowMs - atMs < hourMs);
	}

	/** How often an approved template was edited within these days. */
	editsWithin(id: string, days: number, nowMs: number): number {
		return this.of(id).edits.filter((atMs) => nowMs - atMs < days * dayMs).length;
	}

	/** Blocks a deleted name for 30 days, in one language or in all. */
	hold(businessAccountId: string, name: string, language: string | null, nowMs: number): void {
		this.#held.set(keyOf(businessAccountId, name, language), nowMs + heldMs);
	}

	isHeld(businessAccountId: string, name: string, language: string, nowMs: number): boolean {
		return [null, language].some(
			(part) => (this.#held.get(keyOf(businessAccountId, name, part)) ?? 0) > nowMs,
		);
	}

	noteTap(tap: Tap): void {
		this.#taps.set(tap.messageId, [...(this.#taps.get(tap.messageId) ?? []), tap]);
	}

	/** The taps on these messages' buttons. */
	tapsOn(messageIds: ReadonlySet<string>): Tap[] {
		return [...messageIds].flatMap((id) => this.#taps.get(id) ?? []);
	}

	/** Forgets a template that is gone. */
	forget(id: string): void {
		const record = this.#records.get(id);
		record?.next?.cancel();
		record?.archived?.deletion.cancel();
		this.#records.delete(id);
	}

	clear(): void {
		this.#records.clear();
		this.#created.clear();
		this.#held.clear();
		this.#taps.clear();
	}
}

function keyOf(businessAccountId: string, name: string, language: string | null): string {
	return `${businessAccountId}/${name}/${language ?? ''}`;
}
