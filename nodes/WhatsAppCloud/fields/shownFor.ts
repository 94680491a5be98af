import type { INodeProperties } from 'n8n-workflow';

/** The fields with a further condition under which they show. */
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
