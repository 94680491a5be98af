import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { rowsOf } from './listField';

/** A list inside another list's row: filled in row by row, or part of the outer list's JSON. */
export function nestedListField(list: {
	/** Parameter name, in the plural: `phones`. */
	name: string;
	/** Title Case, in the plural: `Phone Numbers`. */
	displayName: string;
	/** A row's stored name: `phone`. */
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
		typeOptions: rowsOf(row),
		placeholder: `Add ${rowDisplayName}`,
		default: {},
		...rest,
		options: [{ displayName: rowDisplayName, name: rowName, values: row }],
	};
}
