import { badValue, objectAt, optionalText, requireList, requireObject } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { checkHeader, optionalFooter, requireAction, requireBody } from './parts.ts';
import { requireCatalog, requireProduct } from './products.ts';

/** Across all sections. */
const maxProducts = 30;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products#multi-product-messages */
export const checkProductList: InteractiveRules = (message, interactive) => {
	const header = requireObject(interactive, 'header', 'interactive.header');
	checkHeader(message, header, 'interactive.header', ['text']);
	requireBody(interactive);
	optionalFooter(interactive);
	const action = requireAction(interactive);
	const catalogId = requireCatalog(message, action, 'interactive.action');
	const path = 'interactive.action.sections';
	const sections = requireList(action, 'sections', path, { min: 1, max: 10 });
	let count = 0;
	for (const [index, entry] of sections.entries()) {
		const section = objectAt(entry, `${path}[${index}]`);
		const itemsPath = `${path}[${index}].product_items`;
		const min = sections.length > 1 ? 1 : 0;
		optionalText(section, 'title', `${path}[${index}].title`, { min, max: 24 });
		const items = requireList(section, 'product_items', itemsPath, { min: 1, max: Infinity });
		count += items.length;
		for (const [itemIndex, item] of items.entries()) {
			const itemPath = `${itemsPath}[${itemIndex}]`;
			requireProduct(message, objectAt(item, itemPath), 'product_retailer_id', itemPath, catalogId);
		}
	}
	if (count > maxProducts)
		throw badValue(`Total product count exceeds the maximum of ${maxProducts}`);
};
