import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import {
	badValue,
	forbid,
	missing,
	objectAt,
	optionalInteger,
	optionalObject,
	requireList,
	requireObject,
	requireText,
	requireUnique,
	requireUrl,
} from '../rules.ts';
import type { InteractiveRules, MessageUnderTest } from '../type.ts';
import { checkHeader, requireAction, requireBody } from './parts.ts';
import { requireCatalog, requireProduct } from './products.ts';

const cardBodyLength = 160;
const maxLineBreaks = 2;
const maxQuickReplies = 3;

/**
 * Cards with images or videos, or cards with products.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-media-carousel-messages
 */
export const checkCarousel: InteractiveRules = (message, interactive) => {
	forbid(interactive, 'header', 'interactive.header');
	forbid(interactive, 'footer', 'interactive.footer');
	requireBody(interactive);
	const action = requireAction(interactive);
	forbid(action, 'buttons', 'interactive.action.buttons');
	const path = 'interactive.action.cards';
	const cards = requireList(action, 'cards', path, { min: 2, max: 10 });
	const indexes: string[] = [];
	const shapes = new Set<string>();
	for (const [index, entry] of cards.entries()) {
		const card = objectAt(entry, `${path}[${index}]`);
		const cardPath = `${path}[${index}]`;
		const number = optionalInteger(card, 'card_index', `${cardPath}.card_index`, {
			min: 0,
			max: 9,
		});
		if (number === undefined) throw missing(`${cardPath}.card_index`);
		indexes.push(String(number));
		shapes.add(
			card['type'] === 'product'
				? checkProductCard(message, card, cardPath)
				: checkMediaCard(message, card, cardPath),
		);
	}
	requireUnique(indexes, 'card_index');
	if (shapes.size > 1) {
		throw badValue(
			'All cards must have the same kind of header, and the same kind and number of buttons',
		);
	}
};

/** @returns a key that must be the same for all cards */
function checkProductCard(message: MessageUnderTest, card: JsonObject, path: string): string {
	const action = requireObject(card, 'action', `${path}.action`);
	const catalogId = requireCatalog(message, action, `${path}.action`);
	requireProduct(message, action, 'product_retailer_id', `${path}.action`, catalogId);
	return `product ${catalogId}`;
}

function checkMediaCard(message: MessageUnderTest, card: JsonObject, path: string): string {
	const header = requireObject(card, 'header', `${path}.header`);
	const kind = checkHeader(message, header, `${path}.header`, ['image', 'video']);
	const body = optionalObject(card, 'body', `${path}.body`);
	if (body) {
		const text = requireText(body, 'text', `${path}.body.text`, { max: cardBodyLength });
		if (text.split('\n').length - 1 > maxLineBreaks) {
			throw badValue(`${path}.body.text has more than ${maxLineBreaks} line breaks`);
		}
	}
	const action = requireObject(card, 'action', `${path}.action`);
	return `${kind} ${checkCardButtons(action, `${path}.action`)}`;
}

function checkCardButtons(action: JsonObject, path: string): string {
	if (action['buttons'] !== undefined) {
		const buttons = requireList(action, 'buttons', `${path}.buttons`, {
			min: 1,
			max: maxQuickReplies,
		});
		for (const [index, entry] of buttons.entries())
			checkQuickReply(entry, `${path}.buttons[${index}]`);
		return `quick_reply ${buttons.length}`;
	}
	if (action['name'] !== 'cta_url') throw badValue(`${path}.name must be cta_url`);
	const parameters = requireObject(action, 'parameters', `${path}.parameters`);
	requireText(parameters, 'display_text', `${path}.parameters.display_text`, { max: 20 });
	requireUrl(parameters, 'url', `${path}.parameters.url`);
	return 'cta_url 1';
}

/** Meta's pages disagree on the object's name; both are accepted. */
function checkQuickReply(entry: unknown, path: string): void {
	const button = objectAt(entry, path);
	const name = asText(button['type']) === 'reply' ? 'reply' : 'quick_reply';
	const reply = requireObject(button, name, `${path}.${name}`);
	requireText(reply, 'id', `${path}.${name}.id`, { max: 256 });
	requireText(reply, 'title', `${path}.${name}.title`, { max: 20 });
}
