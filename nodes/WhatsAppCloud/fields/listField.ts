import type { INodeProperties } from 'n8n-workflow';

/** Ends the name of the parameter that chooses between rows and JSON. */
export const inputSuffix = 'Input';

/** Ends the name of the parameter that holds the JSON. */
export const jsonSuffix = 'Json';

/**
 * A list that users fill row by row, or give as JSON, for example from an expression. Stored as
 * three parameters: `buttonsInput` (`fields` or `json`), `buttons` and `buttonsJson`; checks see
 * one list under `buttons`.
 */
export function listFields(list: {
	/** Parameter name, in the plural: `buttons`. */
	name: string;
	/** Title Case, in the plural: `Buttons`. */
	displayName: string;
	/** Stored name of a row: `button`. */
	rowName: string;
	/** Title Case: `Button`. */
	rowDisplayName: string;
	/** Limits in words, shown above the list. */
	hint: string;
	description?: string;
	/** Fields of a row. */
	row: INodeProperties[];
	/** Shown in the empty JSON field. */
	jsonExample: unknown;
	displayOptions?: INodeProperties['displayOptions'];
}): INodeProperties[] {
	const { name, displayName, hint, description, displayOptions } = list;
	const shownFor = (input: 'fields' | 'json'): NonNullable<INodeProperties['displayOptions']> => ({
		...displayOptions,
		show: { ...displayOptions?.show, [`${name}${inputSuffix}`]: [input] },
	});
	return [
		{
			displayName: `Specify ${displayName}`,
			name: `${name}${inputSuffix}`,
			type: 'options',
			options: [
				{ name: 'One by One', value: 'fields' },
				{ name: 'As JSON', value: 'json' },
			],
			default: 'fields',
			// The editor shows no hint at the list itself.
			hint,
			...(displayOptions ? { displayOptions } : {}),
		},
		{
			displayName,
			name,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: `Add ${list.rowDisplayName}`,
			default: {},
			...(description === undefined ? {} : { description }),
			displayOptions: shownFor('fields'),
			options: [{ displayName: list.rowDisplayName, name: list.rowName, values: list.row }],
		},
		{
			displayName: `${displayName} (JSON)`,
			name: `${name}${jsonSuffix}`,
			type: 'json',
			typeOptions: { rows: 6 },
			default: JSON.stringify(list.jsonExample, null, 2),
			description: `A list of objects with the same names as the fields: ${[...new Set(list.row.map((field) => field.name))].join(', ')}`,
			displayOptions: shownFor('json'),
		},
	];
}

/** Where a list is given as JSON, puts that in the list's place; drops the two helper parameters. */
export function joinLists(values: Record<string, unknown>): Record<string, unknown> {
	const joined = { ...values };
	for (const [key, input] of Object.entries(values)) {
		if (!key.endsWith(inputSuffix) || (input !== 'fields' && input !== 'json')) continue;
		const name = key.slice(0, -inputSuffix.length);
		if (input === 'json') joined[name] = values[`${name}${jsonSuffix}`];
		// A list that stays undefined is one the item or the user left out.
		Reflect.deleteProperty(joined, key);
		Reflect.deleteProperty(joined, `${name}${jsonSuffix}`);
	}
	return joined;
}
