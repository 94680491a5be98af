import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Catalog, Product } from '../state/account.ts';
import { formattedPrice } from '../state/account.ts';
import { idOf, queryOf, reachBusinessAccount } from './call.ts';
import { unknownObject } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { page } from './paging.ts';

function catalogNode(catalog: Catalog): JsonObject {
	const { id, name, vertical, products } = catalog;
	return { id, name, vertical, product_count: products.length };
}

function productNode(product: Product): JsonObject {
	return {
		id: product.id,
		retailer_id: product.retailerId,
		name: product.name,
		description: product.description,
		price: formattedPrice(product),
		currency: product.currency,
		availability: product.availability,
		image_url: product.imageUrl ?? undefined,
	};
}

/** `/{waba}/product_catalogs` and `/{catalog}/products`. */
export function registerCatalogs(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/product_catalogs', (request) => {
		const id = idOf(request);
		reachBusinessAccount(simulator, request, id, 'whatsapp_business_management');
		const fields = fieldsOf(queryOf(request)['fields'], ['name', 'id']);
		const catalogs = [...simulator.account.catalogs.values()].filter(
			(catalog) => catalog.businessAccountId === id,
		);
		return page(
			simulator,
			request,
			catalogs,
			(catalog) => catalog.id,
			(catalog) => selectFields(catalogNode(catalog), fields, 'ProductCatalog'),
		);
	});
	app.get('/:id/products', (request) => {
		const id = idOf(request);
		const catalog = simulator.account.catalogs.get(id);
		if (!catalog) throw unknownObject('GET', id);
		reachBusinessAccount(simulator, request, catalog.businessAccountId, 'business_management', id);
		const fields = fieldsOf(queryOf(request)['fields'], ['id', 'name', 'retailer_id']);
		return page(
			simulator,
			request,
			catalog.products,
			(product) => product.id,
			(product) => selectFields(productNode(product), fields, 'ProductItem'),
		);
	});
}

export const catalogNodes: NodeType = {
	owns: (simulator, id) => simulator.account.catalogs.has(id),
	get(simulator, request) {
		const id = idOf(request);
		const catalog = simulator.account.catalogs.get(id);
		if (!catalog) throw unknownObject('GET', id);
		reachBusinessAccount(simulator, request, catalog.businessAccountId, 'business_management', id);
		const fields = fieldsOf(queryOf(request)['fields'], ['name', 'id']);
		return selectFields(catalogNode(catalog), fields, 'ProductCatalog');
	},
};
