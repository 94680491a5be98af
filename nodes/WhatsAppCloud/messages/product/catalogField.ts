import type { INodeProperties } from 'n8n-workflow';

/** The catalog that contains the products. */
export const catalogField: INodeProperties = {
	displayName: 'Catalog',
	name: 'catalogId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The catalog that is connected to the WhatsApp Business Account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a catalog',
			typeOptions: { searchListMethod: 'searchCatalogs', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 367025965434465',
			hint: 'The ID that Commerce Manager shows for the catalog',
		},
	],
};

/** One product of the catalog that is chosen above. */
export const productField: INodeProperties = {
	displayName: 'Product',
	name: 'productRetailerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a product',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. SKU-1042',
			hint: 'The content ID (SKU) of the product in the catalog',
		},
	],
};
