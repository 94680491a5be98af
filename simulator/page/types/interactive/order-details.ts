import { listAt, numberAt, objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { openSheet } from '../../sheets/sheet.ts';
import { bubbleButton } from '../buttons.ts';
import { offsetMoney } from '../money.ts';
import { productPicture } from '../products.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent } from './frame.ts';

function totalLine(label: string, amount: string, className = ''): HTMLElement {
	return el('div', { class: `total-line ${className}` }, [
		el('span', {}, [label]),
		el('span', {}, [amount]),
	]);
}

function itemLine(item: unknown, currency: string): HTMLElement {
	const quantity = numberAt(item, 'quantity') ?? 1;
	const onSale = numberAt(item, 'sale_amount', 'value') !== null;
	return el('div', { class: 'order-line' }, [
		productPicture(undefined, 'small'),
		el('div', { class: 'order-line-words' }, [
			el('div', { dir: 'auto' }, [textAt(item, 'name') || textAt(item, 'retailer_id')]),
			el('div', { class: 'note' }, [`Quantity ${String(quantity)}`]),
		]),
		el('div', { class: 'order-line-price' }, [
			onSale &&
				el('s', { class: 'note' }, [offsetMoney(objectAt(item, 'amount'), currency, quantity)]),
			offsetMoney(objectAt(item, onSale ? 'sale_amount' : 'amount'), currency, quantity),
		]),
	]);
}

/** Items and totals of an order, as in `review_and_pay`. */
export function orderSheetContent(parameters: unknown): HTMLElement[] {
	const currency = textAt(parameters, 'currency');
	const order = objectAt(parameters, 'order');
	const sums: [string, string, string][] = [
		['subtotal', 'Subtotal', ''],
		['discount', 'Discount', '−'],
		['shipping', 'Shipping', ''],
		['tax', 'Tax', ''],
	];
	return [
		...listAt(order, 'items').map((item) => itemLine(item, currency)),
		...sums
			.filter(([key]) => numberAt(order, key, 'value') !== null)
			.map(([key, label, sign]) => {
				const words =
					textAt(order, key, 'description') || textAt(order, key, 'discount_program_name');
				return totalLine(
					words === '' ? label : `${label} (${words})`,
					sign + offsetMoney(objectAt(order, key), currency),
				);
			}),
		totalLine(
			'Total',
			offsetMoney(objectAt(parameters, 'total_amount'), currency),
			'total-line-sum',
		),
	];
}

/** Card with an order's number, items and total. */
export function orderCard(parameters: unknown): HTMLElement {
	const items = listAt(parameters, 'order', 'items');
	const first = textAt(items[0], 'name') || 'Order';
	const more = items.length > 1 ? ` and ${String(items.length - 1)} more` : '';
	return el('div', { class: 'order-card' }, [
		el('div', { class: 'note' }, [`Order #${textAt(parameters, 'reference_id')}`]),
		el('div', { class: 'order-card-line' }, [
			productPicture(undefined, 'small'),
			el('div', {}, [
				el('div', { dir: 'auto' }, [first + more]),
				el('div', { class: 'note' }, [
					`${String(items.length)} ${items.length === 1 ? 'item' : 'items'}`,
				]),
			]),
		]),
		totalLine(
			'Total',
			offsetMoney(objectAt(parameters, 'total_amount'), textAt(parameters, 'currency')),
			'total-line-sum',
		),
	]);
}

export const orderDetailsView: MessageView = {
	draw: ({ body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const parameters = objectAt(interactive, 'action', 'parameters');
		return {
			content: [orderCard(parameters), ...interactiveContent(interactive)],
			buttons: [
				bubbleButton('bag', 'Review and pay', () =>
					openSheet({
						title: `Order #${textAt(parameters, 'reference_id')}`,
						content: [
							...orderSheetContent(parameters),
							el('p', { class: 'note' }, ['Payments are not simulated.']),
						],
						host: chat.host,
					}),
				),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => {
		const parameters = objectAt(body, 'interactive', 'action', 'parameters');
		return `🧾 Order #${textAt(parameters, 'reference_id')}`;
	},
};
