import { listSearch } from './accountList';

interface Catalog {
	id: string;
	name?: string;
}

/** The account's connected catalogs, for the editor's list. */
export const searchCatalogs = listSearch<Catalog>({
	edge: 'product_catalogs',
	fields: 'id,name',
	label: ({ id, name = id }) => name,
});
