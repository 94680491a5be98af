import { isObject } from '../../../values/unknown';
import { componentOf, type DefinedComponent } from '../definition';
import { cardsOf } from '../files';
import type { Complain } from '../place';
import { within } from '../place';
import type { About } from './about';
import { checkBodyText, maxBodyOfCard } from './bodyRules';
import { checkButtons } from './buttonRules';
import { checkHeaderFile } from './headerRules';

const cardLimits = { min: 2, max: 10 };
const maxButtonsOfCard = 2;
const formats = ['IMAGE', 'VIDEO', 'PRODUCT'];

/**
 * Cards side by side, all of the same shape.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates
 */
export function checkCarousel(carousel: DefinedComponent, about: About, complain: Complain): void {
	const cards = cardsOf(carousel);
	const { min, max } = cardLimits;
	if (cards.length < min || cards.length > max) {
		complain([], `must have from ${min} to ${max} cards, but has ${cards.length}`);
	}
	const [first] = cards;
	for (const [index, { components }] of cards.entries()) {
		const ofCard = within(complain, index);
		checkCard(components, about, ofCard);
		if (first === undefined || shapeOf(components) === shapeOf(first.components)) continue;
		ofCard(
			[],
			'has another shape than the first card',
			'Give all cards the same kind of header, a text or none, and the same buttons in the same order.',
		);
	}
}

function checkCard(
	components: readonly DefinedComponent[],
	about: About,
	complain: Complain,
): void {
	const header = componentOf(components, 'HEADER');
	const format = header?.['format'];
	if (header === undefined || !formats.some((each) => each === format)) {
		complain(['HEADER', 'format'], `must be one of ${formats.join(', ')}`);
	} else if (format !== 'PRODUCT') {
		checkHeaderFile(header, within(complain, 'HEADER'));
	}
	const body = componentOf(components, 'BODY');
	if (body !== undefined) checkBodyText(body, about, maxBodyOfCard, within(complain, 'BODY'));
	const buttons = componentOf(components, 'BUTTONS')?.['buttons'];
	const types: ReadonlySet<string> = new Set(components.map(({ type }) => type));
	checkButtons(buttons, { ...about, types }, within(complain, 'BUTTONS'));
	if (Array.isArray(buttons) && buttons.length > maxButtonsOfCard) {
		complain(['BUTTONS'], `can have at most ${maxButtonsOfCard} entries on a card`);
	}
}

/** What has to be the same on all cards. */
function shapeOf(components: readonly DefinedComponent[]): string {
	const buttons = componentOf(components, 'BUTTONS')?.['buttons'];
	const types = Array.isArray(buttons)
		? buttons.map((button: unknown) => (isObject(button) ? button['type'] : null))
		: [];
	const format = componentOf(components, 'HEADER')?.['format'];
	return JSON.stringify([format, componentOf(components, 'BODY') !== undefined, types]);
}
