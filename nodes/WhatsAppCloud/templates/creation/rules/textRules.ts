import { countCharacters, formatNumber } from '../../../values/limits';
import { isBlank } from '../../../values/words';
import type { Complain, Place } from '../place';
import { isNumber, namesIn, placeholdersIn, withoutPlaceholders } from '../textVariables';

/** Checks a required text. @returns the text; empty if there is none */
export function checkText(
	value: unknown,
	maxCharacters: number,
	place: Place,
	complain: Complain,
): string {
	if (typeof value !== 'string' || isBlank(value)) {
		const isMissing = (value ?? '') === '' || typeof value === 'string';
		complain(place, isMissing ? 'is empty' : 'must be text', 'Fill it in.');
		return '';
	}
	const length = countCharacters(value);
	if (length > maxCharacters) {
		complain(
			place,
			`can have at most ${formatNumber(maxCharacters)} characters, but has ${formatNumber(length)}`,
			'Shorten it; Meta counts the braces and names of variables, too.',
		);
	}
	return value;
}

/** What WhatsApp shows as a picture; © and ™ are letters unless a selector follows them. */
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/gu;

/** A word in asterisks, underscores, tildes or backticks; `snake_case_name` has none. */
const formatting = /(?<![\p{L}\p{N}])([*_~`])\S(?:.*\S)?\1(?![\p{L}\p{N}])/u;

/** How many emoji a text has. */
export const countEmoji = (text: string): number => text.match(emoji)?.length ?? 0;

/** Reports line breaks, emoji and, unless `mayBeFormatted`, formatting in a text of one line. */
export function checkOneLine(
	text: string,
	place: Place,
	complain: Complain,
	{ mayBeFormatted }: { mayBeFormatted: boolean },
): void {
	if (/[\r\n]/.test(text)) complain(place, 'cannot have line breaks', 'Write it in one line.');
	const words = withoutPlaceholders(text);
	const isFormatted = !mayBeFormatted && formatting.test(words);
	if (!isFormatted && countEmoji(words) === 0) return;
	complain(
		place,
		`has ${isFormatted ? 'formatting' : 'an emoji'}, which Meta refuses here`,
		'Remove it, or move it to the body.',
	);
}

/** Reports variables in a text that takes none. */
export function checkNoVariables(text: string, place: Place, complain: Complain): void {
	const [first] = placeholdersIn(text);
	if (first === undefined) return;
	complain(place, `has the variable {{${first}}}; Meta allows none here`, 'Write fixed text here.');
}

/**
 * Checks what the variables of a text are called.
 *
 * @param isNamed whether the template's variables have names
 */
export function checkNames(
	text: string,
	isNamed: boolean,
	place: Place,
	complain: Complain,
): string[] {
	if (/\{\{|\}\}/.test(withoutPlaceholders(text))) {
		complain(
			place,
			'has double braces that do not belong together',
			'Write a variable as {first_name} or {1}, or with double braces on both sides.',
		);
	}
	const names = namesIn(text);
	const odd = names.find((name) => !(isNamed ? isGoodName(name) : isNumber(name)));
	if (odd !== undefined) {
		complain(place, isNamed ? oddName(odd) : oddNumber(odd));
		return names;
	}
	if (!isNamed) checkNumbering(names, place, complain);
	return names;
}

const isGoodName = (name: string): boolean => /^[a-z][a-z0-9_]*$/.test(name);

const oddName = (name: string): string =>
	isNumber(name)
		? `has {{${name}}} beside variables with names; Meta wants either numbers or names in the whole template`
		: `has the variable {{${name}}}; a name has lower-case letters, digits and underscores, and begins with a letter`;

const oddNumber = (name: string): string =>
	`has {{${name}}}, but the variables of this template have numbers`;

function checkNumbering(names: readonly string[], place: Place, complain: Complain): void {
	const numbers = names.map(Number).sort((a, b) => a - b);
	const missing = numbers.findIndex((number, index) => number !== index + 1);
	if (missing === -1) return;
	complain(
		place,
		`has {{${numbers[missing] ?? ''}}}, but no {{${missing + 1}}}`,
		'Number the variables from 1 without gaps.',
	);
}

/** Checks that text surrounds each variable. */
export function checkSurroundings(text: string, place: Place, complain: Complain): void {
	const trimmed = text.trim();
	if (/^\{\{[^{}]*\}\}/.test(trimmed) || /\{\{[^{}]*\}\}$/.test(trimmed)) {
		complain(
			place,
			'begins or ends with a variable',
			'Put text before the first variable and after the last one; Meta refuses it otherwise.',
		);
	}
	if (text.includes('}}{{')) {
		complain(place, 'has two variables without text between them', 'Put text between them.');
	}
}
