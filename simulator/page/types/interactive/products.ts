import { listAt, objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { bubbleButton } from '../buttons.ts';
import { openShop, productPicture, type ShopSection } from '../products.ts';
import type { Chat, MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

/** Image, name and price of a product. */
export function productCard(chat: Chat, catalogId: string, retailerId: string): HTMLElement {
	const product = chat.store.product(catalogId, retailerId);
	return el('div', { class: 'product-card' }, [
		productPicture(product, 'large'),
		el('div', { class: 'product-words' }, [
			el('div', { class: 'product-name', dir: 'auto' }, [product?.name ?? retailerId]),
			el('div', { class: 'note' }, [product?.price ?? `Product ${retailerId}`]),
		]),
	]);
}

/** All products of the simulator. */
export function wholeCatalog(chat: Chat): ShopSection[] {
	return [
		{
			title: '',
			items: chat.store.products.map(({ catalogId, retailerId }) => ({ catalogId, retailerId })),
		},
	];
}

/** Sections of a product list. */
export function sectionsOf(action: unknown): ShopSection[] {
	const catalogId = textAt(action, 'catalog_id');
	return listAt(action, 'sections').map((section) => ({
		title: textAt(section, 'title'),
		items: listAt(section, 'product_items').map((item) => ({
			catalogId,
			retailerId: textAt(item, 'product_retailer_id'),
		})),
	}));
}

/** Card for a list of products: the first one's image, and how many there are. */
function sectionsCard(chat: Chat, title: string, sections: ShopSection[]): HTMLElement {
	const items = sections.flatMap((section) => section.items);
	return el('div', { class: 'section-card' }, [
		el(
			'div',
			{ class: 'section-pictures' },
			items
				.slice(0, 3)
				.map(({ catalogId, retailerId }) =>
					productPicture(chat.store.product(catalogId, retailerId), 'small'),
				),
		),
		el('div', { class: 'product-words' }, [
			el('div', { class: 'product-name', dir: 'auto' }, [title]),
			el('div', { class: 'note' }, [
				`${String(items.length)} ${items.length === 1 ? 'item' : 'items'}`,
			]),
		]),
	]);
}

export const productView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const catalogId = textAt(interactive, 'action', 'catalog_id');
		const retailerId = textAt(interactive, 'action', 'product_retailer_id');
		const name = chat.store.product(catalogId, retailerId)?.name ?? retailerId;
		const sections = [{ title: '', items: [{ catalogId, retailerId }] }];
		return {
			content: [productCard(chat, catalogId, retailerId), ...interactiveContent(interactive)],
			buttons: [bubbleButton('bag', 'View', () => openShop(chat, name, sections, id))],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], '🛍️ Product'),
};

export const productListView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const sections = sectionsOf(objectAt(interactive, 'action'));
		const title = textAt(interactive, 'header', 'text') || 'Items';
		const withoutHeader = { ...interactive, header: {} };
		return {
			content: [sectionsCard(chat, title, sections), ...interactiveContent(withoutHeader)],
			buttons: [bubbleButton('list', 'View items', () => openShop(chat, title, sections, id))],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], '🛍️ Products'),
};

export const catalogView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const name = chat.store.businessName(chat.key.phoneNumberId);
		const thumbnail = textAt(interactive, 'action', 'parameters', 'thumbnail_product_retailer_id');
		return {
			content: [
				el('div', { class: 'product-card' }, [
					productPicture(chat.store.product('', thumbnail) ?? chat.store.products[0], 'large'),
					el('div', { class: 'product-words' }, [
						el('div', { class: 'product-name', dir: 'auto' }, [`${name}’s catalog`]),
						el('div', { class: 'note' }, ['Browse images and prices']),
					]),
				]),
				...interactiveContent(interactive),
			],
			buttons: [
				bubbleButton('bag', 'View catalog', () =>
					openShop(chat, 'Catalog', wholeCatalog(chat), id),
				),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], '🛍️ Catalog'),
};
