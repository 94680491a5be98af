import type { INodeProperties } from 'n8n-workflow';

/** Adds a condition for showing the fields: this choice, or one of these. */
export function shownFor(
	fields: INodeProperties[],
	choice: string,
	value: string | string[],
): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { [choice]: [value].flat(), ...field.displayOptions?.show },
		},
	}));
}
