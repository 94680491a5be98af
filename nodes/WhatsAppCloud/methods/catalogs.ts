import { listSearch } from './accountList';

/** The catalogs that are connected to the account, for the editor's list. */
export const searchCatalogs = listSearch({
	edge: 'product_catalogs',
	fields: 'id,name',
	label: ({ id, name = id }) => name,
});
