import { chooseMessage } from '../../messages/messageType';
import { catalog } from '../../messages/product/catalog';
import { product } from '../../messages/product/product';
import { productCarousel } from '../../messages/product/productCarousel';
import { productList } from '../../messages/product/productList';
import { sendOperation } from './send';

export const sendProduct = sendOperation({
	name: 'Send Products',
	action: 'Send products',
	description: 'Send one product, a list or a carousel of products, or the whole catalog',
	message: chooseMessage(
		{
			displayName: 'Type',
			name: 'productType',
			default: 'product',
			description: 'How much of the catalog to show',
		},
		{
			product: {
				name: 'Single Product',
				description: 'A product with its picture and price',
				message: product,
			},
			product_list: {
				name: 'Product List',
				description: 'Up to 30 products to choose from, in sections',
				message: productList,
			},
			carousel: {
				name: 'Product Carousel',
				description: 'Two to ten products beside each other',
				message: productCarousel,
			},
			catalog_message: {
				name: 'Catalog',
				description: 'A button that opens the whole catalog',
				message: catalog,
			},
		},
	),
});
