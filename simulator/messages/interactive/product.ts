import { forbid } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalBody, optionalFooter, requireAction } from './parts.ts';
import { requireCatalog, requireProduct } from './products.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products#single-product-messages */
export const checkProduct: InteractiveRules = (message, interactive) => {
	forbid(interactive, 'header', 'interactive.header');
	optionalBody(interactive);
	optionalFooter(interactive);
	const action = requireAction(interactive);
	const catalogId = requireCatalog(message, action, 'interactive.action');
	requireProduct(message, action, 'product_retailer_id', 'interactive.action', catalogId);
};
