/**
 * Who wrote a message. The values are stored, so they must not change.
 * - `contact`: the person.
 * - `workflow`, `campaign`: a node, the latter in a run with a campaign.
 * - `person`: somebody in the WhatsApp Business app.
 * - `other`: another app or agent.
 */
export type TextAuthor = (typeof textAuthors)[number];

/** All of them, in the order of the panel. */
export const textAuthors = ['contact', 'workflow', 'campaign', 'person', 'other'] as const;

/** The most messages that one call reads. */
export const mostTexts = 2_000;

/** A message that a webhook has brought. Those that nodes send are kept by their completion. */
export interface ArrivedText {
	accountKey: string;
	/** The person's number or user ID, plain or hashed. */
	contactKey: string;
	phoneNumberId: string;
	/** Keeps a message once, however often it arrives. Stored as a hash. */
	messageId: string;
	author: Exclude<TextAuthor, 'workflow' | 'campaign'>;
	/** What it says, encrypted: text that the store does not read. */
	content: string;
	/** In milliseconds since 1970. */
	at: number;
}

/**
 * What becomes of a message that was changed afterwards. It is kept without the message as well: Meta
 * may deliver that one later, or once more. Author, person and time count only then.
 */
export interface ChangedText extends Omit<ArrivedText, 'content'> {
	/** What it says now, encrypted; null: it was deleted, or never reached the person. */
	content: string | null;
}

/** A message as it was kept. */
export interface KeptText {
	/** Hash of the message's ID; see `textIdOf`. */
	textId: string;
	author: TextAuthor;
	content: string;
	/** The execution that sent it; null for what has arrived. */
	executionId: string | null;
	at: number;
}

/** Which messages are wanted. */
export interface TextRequest {
	accountKey: string;
	/** All keys of the person. */
	contactKeys: readonly string[];
	/** Null: of all numbers. */
	phoneNumberId: string | null;
	authors: readonly TextAuthor[];
	/** Only messages of this time or later. */
	since: number;
	/** At most this many: the newest. */
	limit: number;
}

/** What people and the business have written to each other, for accounts that keep it. */
export interface TextStore {
	/**
	 * A person's messages, oldest first.
	 *
	 * @throws RangeError if the limit is not between 1 and `mostTexts`, or a key is empty or too long
	 */
	last(request: TextRequest): Promise<KeptText[]>;
}
