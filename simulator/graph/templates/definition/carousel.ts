import { invalidParameter } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import { checkButtons } from './buttons.ts';
import type { DefinitionContext } from './context.ts';
import { allowFields, buttonsOf, findComponent, missingField, typeOf } from './fields.ts';
import { checkHeader, shownHeader } from './header.ts';
import { checkBodyText } from './texts.ts';

const minCards = 2;
const maxCards = 10;
const maxCardButtons = 2;
/** Characters. */
const maxCardBody = 160;

/**
 * Checks the cards: all have the same parts.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates
 * @throws GraphError 100, 2388042, 2388043, and those of headers, bodies and buttons
 * @returns the carousel as Graph shows it
 */
export function checkCarousel(
	context: DefinitionContext,
	carousel: JsonObject,
	components: readonly JsonObject[],
): JsonObject {
	allowFields(carousel, ['cards']);
	const others = components.map(typeOf).filter((type) => type !== 'BODY' && type !== 'CAROUSEL');
	if (others.length > 0) {
		throw invalidParameter(`A carousel can only stand below a body, not with ${others.join(', ')}`);
	}
	const cards = asList(carousel['cards']);
	if (cards.length < minCards || cards.length > maxCards) {
		throw invalidParameter(`A carousel has ${minCards} to ${maxCards} cards, not ${cards.length}`);
	}
	const shapes = new Set<string>();
	const shown = cards.map((entry) => {
		const parts = asList(asObject(entry)?.['components']).map((part) => capitalised(part));
		shapes.add(checkCard(context, parts));
		return {
			components: parts.map((part) =>
				typeOf(part) === 'HEADER' ? shownHeader(context, part) : part,
			),
		};
	});
	if (shapes.size > 1) throw invalidParameter('All cards must have the same header and buttons');
	return { ...carousel, cards: shown };
}

/** @returns what this card has in common with the others */
function checkCard(context: DefinitionContext, parts: readonly JsonObject[]): string {
	const header = findComponent(parts, 'HEADER');
	if (!header) throw missingField('CAROUSEL', 'header');
	checkHeader(context, header, ['IMAGE', 'VIDEO', 'PRODUCT']);
	const body = findComponent(parts, 'BODY');
	if (body) checkBodyText(context, body, maxCardBody);
	const buttons = buttonsOf(parts);
	if (buttons.length < 1 || buttons.length > maxCardButtons) {
		throw invalidParameter(`A card has 1 to ${maxCardButtons} buttons, not ${buttons.length}`);
	}
	checkButtons(context, buttons);
	const known = ['HEADER', 'BODY', 'BUTTONS'];
	const other = parts.map(typeOf).find((type) => !known.includes(type));
	if (other !== undefined)
		throw invalidParameter(`A card cannot have a component of the type ${other}`);
	const format = asText(header['format'])?.toUpperCase() ?? '';
	return [format, body !== undefined, ...buttons.map(typeOf)].join(' ');
}

function capitalised(value: unknown): JsonObject {
	const part = asObject(value) ?? {};
	const format = asText(part['format'])?.toUpperCase();
	return { ...part, type: typeOf(part), ...(format === undefined ? {} : { format }) };
}
