import type { MessageOrder } from './messageParts';
import {
	readArray,
	readNumber,
	readObject,
	readString,
	type JsonValue,
} from '../reading/lenientJson';
import type { ContentReader } from './content';

/** The products in the cart, one line each, after what the person wrote. */
export const readOrder: ContentReader = (body) => {
	const order: MessageOrder = {
		catalogId: readString(body['catalog_id']),
		text: readString(body['text']),
		items: readArray(body['product_items']).flatMap(readItem),
	};
	const lines = [order.text, ...order.items.map(lineOf)].filter((line) => line !== null);
	return { text: lines.length === 0 ? null : lines.join('\n'), order };
};

type OrderItem = MessageOrder['items'][number];

function readItem(value: JsonValue): OrderItem[] {
	const item = readObject(value);
	if (item === null) return [];
	return [
		{
			productRetailerId: readString(item['product_retailer_id']),
			quantity: readNumber(item['quantity']),
			price: readNumber(item['item_price']),
			currency: readString(item['currency']),
		},
	];
}

function lineOf({ quantity, productRetailerId, price, currency }: OrderItem): string {
	const cost = price === null ? '' : ` (${[price, currency].filter(Boolean).join(' ')})`;
	return `${quantity ?? '?'} × ${productRetailerId ?? '?'}${cost}`;
}
