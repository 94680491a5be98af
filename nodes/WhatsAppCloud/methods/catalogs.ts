import { listSearch } from './accountList';

interface Catalog {
	id: string;
	name?: string;
}

/** The catalogs that are connected to the account, for the editor's list. */
export const searchCatalogs = listSearch<Catalog>({
	edge: 'product_catalogs',
	fields: 'id,name',
	label: ({ id, name = id }) => name,
});
