import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import { missing, objectAt, optionalInteger, requireList, requireUnique } from '../rules.ts';
import type { ComponentContext } from './context.ts';
import { byType } from './context.ts';

const maxCards = 10;
const minProductCards = 2;

/** Cards of products are defined once or twice and sent in any number. */
function haveProducts(cards: readonly unknown[]): boolean {
	const components = asList(asObject(cards[0])?.['components']).map((part) => asObject(part) ?? {});
	return asText(byType(components).get('HEADER')?.['format'])?.toUpperCase() === 'PRODUCT';
}

/** Checks the components of a card like those of a message. */
type CheckList = (context: ComponentContext, components: readonly JsonObject[]) => void;

/**
 * Checks that there are as many cards as in the template, each with what its definition requires.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/media-card-carousel-templates
 * @throws GraphError 132000 for the wrong number of cards, 132012 if they are missing or unexpected
 */
export function checkCards(
	context: ComponentContext,
	component: JsonObject | undefined,
	checkList: CheckList,
): void {
	const { definition } = context;
	const defined = definition?.get('CAROUSEL');
	if (!component) {
		if (defined)
			throw new GraphError(132012, { details: 'The carousel of the template is missing' });
		return;
	}
	if (definition && !defined)
		throw new GraphError(132012, { details: 'The template has no carousel' });
	const cards = requireList(component, 'cards', 'carousel.cards', { min: 1, max: maxCards });
	const definedCards = asList(defined?.['cards']);
	const anyNumber = haveProducts(definedCards);
	if (anyNumber && cards.length < minProductCards) {
		throw new GraphError(132000, {
			details: `carousel: a product carousel has ${minProductCards} to ${maxCards} cards, not ${cards.length}`,
		});
	}
	if (definition && !anyNumber && cards.length !== definedCards.length) {
		throw new GraphError(132000, {
			details: `carousel: number of cards (${cards.length}) does not match the expected number of cards (${definedCards.length})`,
		});
	}
	const indexes: string[] = [];
	for (const [position, entry] of cards.entries()) {
		const path = `carousel.cards[${position}]`;
		const card = objectAt(entry, path);
		const index = optionalInteger(card, 'card_index', `${path}.card_index`, {
			min: 0,
			max: maxCards - 1,
		});
		if (index === undefined) throw missing(`${path}.card_index`);
		indexes.push(String(index));
		const definedCard = asObject(definedCards[index] ?? (anyNumber ? definedCards[0] : undefined));
		if (definition && !definedCard) {
			throw new GraphError(132000, {
				details: `${path}: The template has no card with the index ${index}`,
			});
		}
		const components = asList(card['components']).map((part) =>
			objectAt(part, `${path}.components`),
		);
		const cardDefinition = definedCard
			? byType(asList(definedCard['components']).map((part) => asObject(part) ?? {}))
			: null;
		checkList({ ...context, definition: cardDefinition, path: `${path}.` }, components);
	}
	requireUnique(indexes, 'card_index');
}
