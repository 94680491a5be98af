import type { DefinedComponent } from '../definition';
import type { Complain } from '../place';
import type { About } from './about';
import { checkExamples } from './exampleRules';
import {
	checkNames,
	checkNoVariables,
	checkOneLine,
	checkSurroundings,
	checkText,
	countEmoji,
} from './textRules';

/** Characters of the body: of most templates, beside an offer, on a card. */
const maxBody = 1_024;
const maxBodyOfOffer = 600;
export const maxBodyOfCard = 160;

const maxEmoji = 10;
const maxFooter = 60;
const maxOffer = 16;

/** The text of a template. */
export function checkBody(body: DefinedComponent, about: About, complain: Complain): void {
	const isOffer = about.types.has('LIMITED_TIME_OFFER');
	checkBodyText(body, about, isOffer ? maxBodyOfOffer : maxBody, complain);
}

/** A text with variables, and its examples. */
export function checkBodyText(
	body: DefinedComponent,
	{ isNamed }: Pick<About, 'isNamed'>,
	maxCharacters: number,
	complain: Complain,
): void {
	const text = checkText(body['text'], maxCharacters, ['text'], complain);
	const names = checkNames(text, isNamed, ['text'], complain);
	checkSurroundings(text, ['text'], complain);
	if (/(?:\r?\n){3}/.test(text)) {
		complain(
			['text'],
			'has more than two line breaks in a row',
			'Leave at most one empty line between paragraphs.',
		);
	}
	const emoji = countEmoji(text);
	if (emoji > maxEmoji) {
		complain(['text'], `can have at most ${maxEmoji} emoji, but has ${emoji}`, 'Remove some.');
	}
	checkExamples('body', names, isNamed, body['example'], complain);
}

/** The small text below. */
export function checkFooter(footer: DefinedComponent, { types }: About, complain: Complain): void {
	const text = checkText(footer['text'], maxFooter, ['text'], complain);
	checkNoVariables(text, ['text'], complain);
	checkOneLine(text, ['text'], complain, { mayBeFormatted: true });
	if (types.has('LIMITED_TIME_OFFER')) {
		complain(['text'], 'is not possible with a limited-time offer', 'Leave the footer out.');
	}
}

/** The line that tells until when an offer lasts. */
export function checkOffer(
	component: DefinedComponent,
	{ category }: About,
	complain: Complain,
): void {
	if (category !== 'MARKETING') {
		complain([], 'is for marketing templates only', 'Set Category to Marketing.');
	}
	const { limited_time_offer: offer } = component;
	const { text, has_expiration: expires } =
		typeof offer === 'object' && offer !== null ? (offer as Record<string, unknown>) : {};
	checkText(text, maxOffer, ['limited_time_offer', 'text'], complain);
	if (expires !== undefined && typeof expires !== 'boolean') {
		complain(['limited_time_offer', 'has_expiration'], 'must be true or false');
	}
}

/** The question whether the business may call. */
export function checkCallPermission(
	_component: DefinedComponent,
	{ category }: About,
	complain: Complain,
): void {
	if (category === 'AUTHENTICATION') complain([], 'is for marketing and utility templates only');
}
