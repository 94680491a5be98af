import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** A list inside a row of another list: filled row by row; as JSON it stands in the outer list's. */
export function nestedListField(list: {
	/** Parameter name, in the plural: `phones`. */
	name: string;
	/** Title Case, in the plural: `Phone Numbers`. */
	displayName: string;
	/** Stored name of a row: `phone`. */
	rowName: string;
	/** Title Case: `Phone Number`. */
	rowDisplayName: string;
	hint?: string;
	description?: string;
	/** Fields of a row. */
	row: INodeProperties[];
	displayOptions?: IDisplayOptions;
}): INodeProperties {
	const { name, displayName, rowName, rowDisplayName, row, ...rest } = list;
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: `Add ${rowDisplayName}`,
		default: {},
		...rest,
		options: [{ displayName: rowDisplayName, name: rowName, values: row }],
	};
}
