import { isAbsent, optionalObject } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalFooter, requireBody, requireNamedAction } from './parts.ts';
import { requireProduct } from './products.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products#catalog-messages */
export const checkCatalog: InteractiveRules = (message, interactive) => {
	requireBody(interactive);
	optionalFooter(interactive);
	const action = requireNamedAction(interactive, 'catalog_message');
	const path = 'interactive.action.parameters';
	const parameters = optionalObject(action, 'parameters', path);
	const name = 'thumbnail_product_retailer_id';
	if (parameters && !isAbsent(parameters[name]))
		requireProduct(message, parameters, name, path, null);
};
