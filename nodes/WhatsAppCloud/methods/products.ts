import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { FieldProblem } from '../values/problem';
import { listSearch } from './accountList';

interface Product {
	id: string;
	name?: string;
	retailer_id: string;
}

/** The products of the chosen catalog, for the editor's list. */
export const searchProducts = listSearch<Product>({
	node: chosenCatalog,
	edge: 'products',
	fields: 'id,name,retailer_id',
	label: ({ name, retailer_id: sku }) => (name === undefined ? sku : `${name} (${sku})`),
	value: ({ retailer_id: sku }) => sku,
});

/** @throws FieldProblem if there is none */
function chosenCatalog(host: ILoadOptionsFunctions): string {
	const catalog = host.getCurrentNodeParameter('catalogId', { extractValue: true });
	if (typeof catalog === 'string' && catalog !== '') return catalog;
	throw new FieldProblem('Catalog', 'is empty', 'Choose the catalog first.');
}
