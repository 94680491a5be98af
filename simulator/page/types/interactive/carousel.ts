import { listAt, objectAt, textAt } from '../../data/json.ts';
import { formattedText } from '../../text/formatted.ts';
import { bubbleButton, bubbleLink } from '../buttons.ts';
import { card, cardRow } from '../cards.ts';
import { openShop } from '../products.ts';
import type { Chat, MessageView } from '../view.ts';
import { headerNode, interactiveContent, interactiveSummary } from './frame.ts';
import { productCard } from './products.ts';

function productSlide(action: unknown, messageId: string, chat: Chat): HTMLElement {
	const catalogId = textAt(action, 'catalog_id');
	const retailerId = textAt(action, 'product_retailer_id');
	const name = chat.store.product(catalogId, retailerId)?.name ?? retailerId;
	const sections = [{ title: '', items: [{ catalogId, retailerId }] }];
	return card(
		[productCard(chat, catalogId, retailerId)],
		[bubbleButton('bag', 'View', () => openShop(chat, name, sections, messageId))],
	);
}

function slideButtons(action: unknown, messageId: string, chat: Chat): HTMLElement[] {
	const address = textAt(action, 'parameters', 'url');
	const label = textAt(action, 'parameters', 'display_text') || address;
	if (address !== '') return [bubbleLink('external', label, address)];
	return listAt(action, 'buttons').map((button) => {
		const reply = objectAt(button, textAt(button, 'type') || 'quick_reply');
		const id = textAt(reply, 'id');
		const title = textAt(reply, 'title');
		const answer = {
			type: 'interactive',
			interactive: { type: 'button_reply', button_reply: { id, title } },
		};
		return bubbleButton('reply', title, () => chat.send(answer, messageId), {
			'data-reply-id': id,
		});
	});
}

function slide(part: unknown, messageId: string, chat: Chat): HTMLElement {
	const action = objectAt(part, 'action');
	if (textAt(action, 'product_retailer_id') !== '') return productSlide(action, messageId, chat);
	const text = textAt(part, 'body', 'text');
	return card(
		[headerNode(objectAt(part, 'header')), text !== '' && formattedText(text)],
		slideButtons(action, messageId, chat),
	);
}

export const carouselView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const cards = listAt(interactive, 'action', 'cards').map((part) => slide(part, id, chat));
		return { content: interactiveContent(interactive), strip: cardRow(cards), time: 'line' };
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Carousel'),
};
