import type { INodeProperties } from 'n8n-workflow';

/** Adds a condition for showing the fields. */
export function shownFor(
	fields: INodeProperties[],
	choice: string,
	value: string,
): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { [choice]: [value], ...field.displayOptions?.show },
		},
	}));
}
