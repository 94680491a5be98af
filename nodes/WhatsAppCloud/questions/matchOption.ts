import { westernDigit } from '../values/numbers';
import type { Option } from './question';

/** From this length on, one slip of the finger is forgiven. */
const minLettersForSlip = 5;

const negative = /^\s*[-−–]\s*\p{Nd}/u;

const positions: readonly (readonly string[])[] = [
	['1', 'one', 'first', '1st'],
	['2', 'two', 'second', '2nd'],
	['3', 'three', 'third', '3rd'],
	['4', 'four', 'fourth', '4th'],
	['5', 'five', 'fifth', '5th'],
	['6', 'six', 'sixth', '6th'],
	['7', 'seven', 'seventh', '7th'],
	['8', 'eight', 'eighth', '8th'],
	['9', 'nine', 'ninth', '9th'],
	['10', 'ten', 'tenth', '10th'],
];

/**
 * The option that a written text means: its title or ID in any case, with or without accents and
 * punctuation, with one slip in a longer word, or its position ("2", "the second one"). What fits
 * several options fits none.
 *
 * @returns the option's index, or null
 */
export function matchOption(text: string, options: readonly Option[]): number | null {
	const written = plain(text);
	if (written === '') return null;
	const titles = options.map(({ title }) => plain(title));
	return (
		only(titles, (title) => title === written) ??
		only(options, ({ id }) => plain(id) === written) ??
		(negative.test(text) ? null : positionOf(written, options.length)) ??
		only(titles, (title) => differsByOneSlip(title, written))
	);
}

/** Folds a text to what two spellings of it have in common: words of letters and digits. */
export function plain(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/\p{Nd}/gu, westernDigit)
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[^\p{L}\p{N}+]+/gu, ' ')
		.trim();
}

function positionOf(written: string, count: number): number | null {
	// "no one" is no number.
	const words = written
		.replace(/^(the|number|nr|no(?= \d)|option) /, '')
		.replace(/ (one|option)$/, '');
	if (words === 'last') return count > 0 ? count - 1 : null;
	const index = /^\d+$/.test(words)
		? Number(words) - 1
		: positions.findIndex((each) => each.includes(words));
	return index >= 0 && index < count ? index : null;
}

/** The index of the only entry that fits. */
function only<Entry>(entries: readonly Entry[], fits: (entry: Entry) => boolean): number | null {
	const found = [...entries.keys()].filter((index) => fits(entries[index] as Entry));
	return found.length === 1 ? (found[0] ?? null) : null;
}

/** How many letters differ in the option and in what was written: another one, one more, one less. */
const onlyOneLetter = [
	[1, 1],
	[1, 0],
	[0, 1],
] as const;

/** One letter more, less, other, or two neighbours swapped. */
function differsByOneSlip(word: string, written: string): boolean {
	if (Math.min(word.length, written.length) < minLettersForSlip) return false;
	let start = 0;
	while (start < word.length && word[start] === written[start]) start += 1;
	const rest = word.slice(start);
	const writtenRest = written.slice(start);
	const isSameAfter = ([letters, writtenLetters]: readonly [number, number]): boolean =>
		rest.slice(letters) === writtenRest.slice(writtenLetters);
	const swapped = writtenRest.slice(1, 2) + writtenRest.slice(0, 1) + writtenRest.slice(2);
	return rest === swapped || onlyOneLetter.some(isSameAfter);
}
