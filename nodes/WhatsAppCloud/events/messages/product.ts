import type { MessageProduct } from './messageParts';
import {
	readArray,
	readObject,
	readString,
	type JsonObject,
	type JsonValue,
} from '../reading/lenientJson';
import type { ContentReader, MessageContent } from './content';

/** Lists in which a message may name its products. */
const LISTS = ['product_items', 'products', 'items'];

/** A product that somebody shares in the chat. */
export const readProduct: ContentReader = (body) => productContent(body, readProducts(body));

/**
 * The products that an interactive message names, wherever it does: under its own type, in its
 * action as sent, or in sections. Empty if there are none.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/interactive
 */
export function readProducts(interactive: JsonObject): MessageProduct[] {
	const type = readString(interactive['type']);
	const own = type === null ? null : readObject(interactive[type]);
	const holders = [interactive, own, readObject(interactive['action'])];
	return holders.flatMap((holder) => (holder === null ? [] : productsOf(holder, null)));
}

function productsOf(holder: JsonObject, outerCatalog: string | null): MessageProduct[] {
	const catalogId = readString(holder['catalog_id']) ?? outerCatalog;
	const entries: JsonValue[] = [
		holder,
		...LISTS.flatMap((list) => readArray(holder[list])),
		...readArray(holder['sections']).flatMap((section) =>
			readArray(readObject(section)?.['product_items']),
		),
	];
	return entries.flatMap((entry) => {
		const product = readObject(entry);
		const productRetailerId = readString(product?.['product_retailer_id']);
		if (productRetailerId === null) return [];
		return {
			catalogId: readString(product?.['catalog_id']) ?? catalogId,
			productRetailerId,
			name: readString(product?.['name']) ?? readString(product?.['title']),
		};
	});
}

/** The text is the words beside the products, or else the products themselves. */
export function productContent(holder: JsonObject, products: MessageProduct[]): MessageContent {
	const words =
		readString(readObject(holder['body'])?.['text']) ??
		readString(holder['body']) ??
		readString(holder['text']);
	const lines = products.map(({ name, productRetailerId }) => name ?? productRetailerId);
	const text = words ?? lines.filter((line) => line !== null).join('\n');
	return { text: text === '' ? null : text, products };
}
