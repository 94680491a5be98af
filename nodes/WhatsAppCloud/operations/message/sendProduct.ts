import { withMarkdown } from '../../messages/markdownOption';
import { chooseMessage } from '../../messages/messageType';
import { catalog } from '../../messages/product/catalog';
import { product } from '../../messages/product/product';
import { productCarousel } from '../../messages/product/productCarousel';
import { productList } from '../../messages/product/productList';
import { sendOperation } from './send';

export const sendProduct = sendOperation({
	name: 'Send Products',
	action: 'Send products or catalog',
	description: 'Send one product, a list or a carousel of products, or the whole catalog',
	message: withMarkdown(
		chooseMessage(
			{
				displayName: 'Type',
				name: 'productType',
				default: 'product',
				description: 'How much of the catalog to show',
			},
			{
				product,
				product_list: productList,
				carousel: productCarousel,
				catalog_message: catalog,
			},
		),
		['body'],
	),
});
