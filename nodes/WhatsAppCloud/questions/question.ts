/** An answer that the person can choose. */
export interface Option {
	/** What the workflow sees: `answer.id`. */
	id: string;
	/** What the person sees on the button or row. */
	title: string;
	/** Small print of a row. */
	description?: string;
}

/** What a written answer must be. */
export type TextFormat =
	| { format: 'any' }
	| { format: 'number'; min: number | null; max: number | null; isWhole: boolean }
	| { format: 'email' }
	/** A day. `order` decides between 3/4 as the third of April and the fourth of March. */
	| { format: 'date'; order: DateOrder; earliest: string | null; latest: string | null }
	| { format: 'phone'; defaultCountry: string }
	| { format: 'oneOf'; values: string[] }
	| { format: 'pattern'; pattern: string; ignoresCase: boolean };

export type DateOrder = 'dayFirst' | 'monthFirst';

/** What becomes of a written text that fits none of the options. */
export type OtherText =
	/** It is a wrong answer; the question is asked again. */
	| 'askAgain'
	/** It is the answer, without an option. */
	| 'accept'
	/** It is no answer: it starts other workflows as if nothing had been asked. */
	| 'leave';

export type FileType = 'audio' | 'document' | 'image' | 'sticker' | 'video';

/** One of several options. */
export interface Choice {
	kind: 'choice';
	options: Option[];
	listButton: string;
	/** Whether a written text never stands for an option. */
	tapsOnly: boolean;
	otherText: OtherText;
}

/** What answers a step. */
export type Wanted =
	| Choice
	| ({ kind: 'text' } & TextFormat)
	| { kind: 'flow' }
	| { kind: 'location' }
	| { kind: 'contact' }
	/** `mimeTypes` such as `application/pdf` or `image/*`; empty: any of these types. */
	| { kind: 'media'; types: FileType[]; mimeTypes: string[] };

/** One thing to ask. A question has several if it is a form that is asked step by step. */
export interface Step {
	/** Name of its answer within the answers of a form. */
	name: string;
	/** What is asked: the text of the message. */
	text: string;
	wanted: Wanted;
	/** Sent after a wrong answer; empty: the step is asked again as it was. */
	retryText: string;
	/**
	 * The option of the step before after which alone this one is asked. It may stay open: the answers
	 * before it count. Only a last step can have this.
	 */
	onlyAfter?: string;
}

/** What a person is asked, as it is kept until it is answered. */
export interface Question {
	steps: Step[];
	/** So many wrong answers end the question; null if there is no limit. */
	mostAttempts: number | null;
}

/** Where a question stands. */
export interface Progress {
	/** Index of the step that is being asked. */
	step: number;
	/** Wrong answers so far, to all steps. */
	attempts: number;
}

/** What somebody answered to a step. */
export interface Answer {
	/** The option that was chosen; null if none was. */
	id: string | null;
	title: string | null;
	/** What the person wrote, or what a person would read of the answer. */
	text: string | null;
	/**
	 * The answer as data: the option's ID, the number, the day as `2026-11-30`, the phone number with
	 * `+`, the Flow's answers, the place, the contacts, or the written text. Null for a file.
	 */
	value: unknown;
}
