import { optInWords, optOutWords, resumingWords } from './wordLists';

/** What a message says about marketing. */
export type ConsentSignal = 'optOut' | 'optIn' | 'resume';

/** What is looked for, in the form of `plainWords`. */
export interface ConsentWords {
	optOut: ReadonlySet<string>;
	optIn: ReadonlySet<string>;
	/** Take an opt-out back, and mean nothing otherwise. */
	resume: ReadonlySet<string>;
}

/** Letters that Unicode does not take apart. */
const withoutStroke: Readonly<Record<string, string>> = {
	ı: 'i',
	ß: 'ss',
	đ: 'd',
	ł: 'l',
	ø: 'o',
};

/**
 * A text without what does not matter to its words: case, accents, punctuation, emoji and blanks.
 * `¡STÖP!` and `stop` are the same.
 */
export function plainWords(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}|\p{Cf}/gu, '')
		.replace(/[ıßđłø]/g, (letter) => withoutStroke[letter] ?? letter)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

const setOf = (words: readonly string[]): ReadonlySet<string> =>
	new Set(words.map(plainWords).filter((word) => word !== ''));

const builtIn: ConsentWords = {
	optOut: setOf(optOutWords),
	optIn: setOf(optInWords),
	resume: setOf(resumingWords),
};

/** @param given words that take the place of the built-in ones; null leaves those */
export function consentWords(given: {
	optOut: readonly string[] | null;
	optIn: readonly string[] | null;
}): ConsentWords {
	return {
		optOut: given.optOut === null ? builtIn.optOut : setOf(given.optOut),
		optIn: given.optIn === null ? builtIn.optIn : setOf(given.optIn),
		resume: given.optIn === null ? builtIn.resume : new Set(),
	};
}

/** Longest text that can be one of the words: longer ones need not be looked at. */
const longestWord = 100;

/** Types of messages in which words count: written, or tapped. */
const typesWithWords: ReadonlySet<string> = new Set(['text', 'button', 'interactive']);

/**
 * Whether a message as a whole is one of the words: its text, or the label or ID of what was tapped.
 * A word inside a sentence is none ("please stop by").
 */
export function consentSignalIn(
	message: { type: string; text: string | null; replyId: string | null },
	words: ConsentWords,
): ConsentSignal | null {
	if (!typesWithWords.has(message.type)) return null;
	const said = [message.text, message.replyId].flatMap((text) =>
		text === null || text.length > longestWord ? [] : plainWords(text),
	);
	const says = (known: ReadonlySet<string>): boolean => said.some((text) => known.has(text));
	if (says(words.optOut)) return 'optOut';
	if (says(words.optIn)) return 'optIn';
	return says(words.resume) ? 'resume' : null;
}
