import { listAt, numberAt, textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { formattedText } from '../text/formatted.ts';
import { openSheet } from '../sheets/sheet.ts';
import { bubbleButton } from './buttons.ts';
import { money } from './money.ts';
import { productPicture } from './products.ts';
import type { Chat, MessageView } from './view.ts';

function itemLines(items: unknown[], catalogId: string, chat: Chat): HTMLElement[] {
	return items.map((item) => {
		const retailerId = textAt(item, 'product_retailer_id');
		const product = chat.store.product(catalogId, retailerId);
		const quantity = numberAt(item, 'quantity') ?? 1;
		const price = numberAt(item, 'item_price') ?? 0;
		return el('div', { class: 'order-line' }, [
			productPicture(product, 'small'),
			el('div', { class: 'order-line-words' }, [
				el('div', { dir: 'auto' }, [product?.name ?? retailerId]),
				el('div', { class: 'note' }, [`Quantity ${String(quantity)}`]),
			]),
			el('div', {}, [money(price * quantity, textAt(item, 'currency'))]),
		]);
	});
}

/** The customer's cart, sent to the business. */
export const orderView: MessageView = {
	draw: ({ body }, chat) => {
		const items = listAt(body, 'order', 'product_items');
		const catalogId = textAt(body, 'order', 'catalog_id');
		const count = items.reduce<number>((sum, item) => sum + (numberAt(item, 'quantity') ?? 1), 0);
		const total = items.reduce<number>(
			(sum, item) => sum + (numberAt(item, 'quantity') ?? 1) * (numberAt(item, 'item_price') ?? 0),
			0,
		);
		const sum = money(total, textAt(items[0], 'currency'));
		const text = textAt(body, 'order', 'text');
		const first = chat.store.product(catalogId, textAt(items[0], 'product_retailer_id'));
		return {
			content: [
				el('div', { class: 'cart' }, [
					productPicture(first, 'small'),
					el('div', {}, [
						el('div', { class: 'cart-title' }, [
							`${String(count)} ${count === 1 ? 'item' : 'items'}`,
						]),
						el('div', { class: 'note' }, [`${sum} (estimated total)`]),
					]),
				]),
				text !== '' && formattedText(text),
			],
			buttons: [
				bubbleButton('cart', 'View sent cart', () =>
					openSheet({
						title: 'Your sent cart',
						content: [
							...itemLines(items, catalogId, chat),
							el('div', { class: 'total-line total-line-sum' }, [
								el('span', {}, ['Estimated total']),
								el('span', {}, [sum]),
							]),
						],
						host: chat.host,
					}),
				),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => {
		const { length } = listAt(body, 'order', 'product_items');
		return `🛒 Order, ${String(length)} ${length === 1 ? 'product' : 'products'}`;
	},
};
