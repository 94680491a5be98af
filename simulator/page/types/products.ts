/** Products of a catalog, and the sheet in which the customer fills a cart. */

import type { ChatProduct } from '../../chat-contract.ts';
import { el, safeUrl } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { mainButton, openSheet, uniqueId } from '../sheets/sheet.ts';
import { money } from './money.ts';
import type { Chat } from './view.ts';

/** Image of a product, or a bag if it has none. */
export function productPicture(
	product: ChatProduct | undefined,
	size: 'small' | 'large',
): HTMLElement {
	const address = product?.imageUrl == null ? null : safeImage(product.imageUrl);
	const box = el(
		'div',
		{ class: `product-picture product-picture-${size}`, 'aria-hidden': 'true' },
		[icon('bag')],
	);
	if (address !== null) {
		const image = el('img', {
			src: address,
			alt: '',
			loading: 'lazy',
			referrerpolicy: 'no-referrer',
		});
		image.addEventListener('error', () => image.remove());
		box.append(image);
	}
	return box;
}

/** Product images may also come from the simulator itself, by path. */
function safeImage(address: string): string | null {
	return safeUrl(new URL(address, location.href).href);
}

/** A section of products to choose from. */
export interface ShopSection {
	title: string;
	items: { catalogId: string; retailerId: string }[];
}

function quantityPicker(name: string, onChange: (quantity: number) => void): HTMLElement {
	let quantity = 0;
	const shown = el('output', { class: 'quantity', 'aria-live': 'polite' }, ['0']);
	const change = (step: number): void => {
		quantity = Math.min(99, Math.max(0, quantity + step));
		shown.textContent = String(quantity);
		box.classList.toggle('has-some', quantity > 0);
		onChange(quantity);
	};
	const button = (label: string, sign: string, step: number): HTMLElement =>
		el('button', { type: 'button', 'aria-label': `${label} ${name}` }, [sign], {
			click: () => change(step),
		});
	const box = el('div', { class: 'quantity-picker' }, [
		button('Remove one', '−', -1),
		shown,
		button('Add one', '+', 1),
	]);
	return box;
}

/** Opens the shop; the cart is sent to the business as an order. */
export function openShop(
	chat: Chat,
	title: string,
	sections: ShopSection[],
	contextId: string,
): void {
	const cart = new Map<string, { catalogId: string; retailerId: string; quantity: number }>();
	const noteId = uniqueId('order-note');
	const note = el('input', {
		id: noteId,
		type: 'text',
		placeholder: 'Add a message',
		'aria-label': 'Message to the business',
	});

	const send = async (): Promise<void> => {
		const lines = [...cart.values()];
		const sent = await chat.send(
			{
				type: 'order',
				order: {
					catalog_id: lines[0]?.catalogId ?? '',
					text: note.value.trim(),
					product_items: lines.map(({ catalogId, retailerId, quantity }) => {
						const product = chat.store.product(catalogId, retailerId);
						return {
							product_retailer_id: retailerId,
							quantity,
							item_price: product?.amount ?? 0,
							currency: product?.currency ?? 'USD',
						};
					}),
				},
			},
			contextId,
		);
		if (sent) sheet.close();
	};
	const order = mainButton('Place order', send, { 'data-testid': 'place-order', disabled: true });

	const update = (): void => {
		const lines = [...cart.values()];
		const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const products = lines.map((line) => ({
			...line,
			product: chat.store.product(line.catalogId, line.retailerId),
		}));
		const total = products.reduce(
			(sum, { product, quantity }) => sum + (product?.amount ?? 0) * quantity,
			0,
		);
		order.disabled = count === 0;
		order.textContent =
			count === 0
				? 'Place order'
				: `Place order · ${String(count)} ${count === 1 ? 'item' : 'items'} · ${money(total, products[0]?.product?.currency ?? 'USD')}`;
	};

	const row = ({ catalogId, retailerId }: ShopSection['items'][number]): HTMLElement => {
		const product = chat.store.product(catalogId, retailerId);
		const name = product?.name ?? retailerId;
		return el('div', { class: 'shop-row', 'data-retailer-id': retailerId }, [
			productPicture(product, 'small'),
			el('div', { class: 'shop-words' }, [
				el('div', { class: 'shop-name', dir: 'auto' }, [name]),
				el('div', { class: 'note', dir: 'auto' }, [product?.description ?? 'Not in the catalog']),
				el('div', { class: 'shop-price' }, [product?.price ?? '']),
			]),
			quantityPicker(name, (quantity) => {
				const key = `${catalogId} ${retailerId}`;
				if (quantity === 0) cart.delete(key);
				else cart.set(key, { catalogId, retailerId, quantity });
				update();
			}),
		]);
	};

	const empty = sections.every(({ items }) => items.length === 0);
	const sheet = openSheet({
		title,
		content: empty
			? [el('p', { class: 'note' }, ['The simulator’s catalog is empty.'])]
			: sections.flatMap((section) => [
					section.title !== '' &&
						el('h3', { class: 'sheet-section', dir: 'auto' }, [section.title]),
					...section.items.map(row),
				]),
		footer: [note, order],
		host: chat.host,
		className: 'sheet-shop',
	});
}
