import type { INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';

/** Suffix of the parameter that chooses between rows and JSON. */
export const inputSuffix = 'Input';

/** Suffix of the parameter that holds the JSON. */
export const jsonSuffix = 'Json';

/**
 * A list that users fill in row by row or give as JSON, for example from an expression. Stored as
 * three parameters: `buttonsInput` (`fields` or `json`), `buttons` and `buttonsJson`; checks see a
 * single list, `buttons`.
 */
export function listFields(list: {
	/** Parameter name, in the plural: `buttons`. */
	name: string;
	/** Title Case, in the plural: `Buttons`. */
	displayName: string;
	/** A row's stored name: `button`. */
	rowName: string;
	/** Title Case: `Button`. */
	rowDisplayName: string;
	/** The limits in words, shown above the list. */
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
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
			// The editor shows no hints on lists.
			hint,
			...(displayOptions ? { displayOptions } : {}),
		},
		{
			displayName,
			name,
			type: 'fixedCollection',
			typeOptions: rowsOf(list.row),
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

/**
 * How the editor shows the rows of a list. If some fields are marked with `alwaysShown`, it offers
 * the others by _Add Field_.
 */
export function rowsOf(row: INodeProperties[]): INodePropertyTypeOptions {
	const hidesOthers = row.some(({ typeOptions }) => typeOptions?.showEvenWhenOptional === true);
	return {
		multipleValues: true,
		sortable: true,
		...(hidesOthers ? { hideOptionalFields: true, addOptionalFieldButtonText: 'Add Field' } : {}),
	};
}

/** Marks a field of a row that most people fill in. */
export const alwaysShown = (field: INodeProperties): INodeProperties => ({
	...field,
	typeOptions: { ...field.typeOptions, showEvenWhenOptional: true },
});

/** Replaces each list given as JSON with that JSON, and drops the two helper parameters. */
export function joinLists(values: Record<string, unknown>): Record<string, unknown> {
	const joined = { ...values };
	for (const [key, input] of Object.entries(values)) {
		if (!key.endsWith(inputSuffix) || (input !== 'fields' && input !== 'json')) continue;
		const name = key.slice(0, -inputSuffix.length);
		if (input === 'json') joined[name] = values[`${name}${jsonSuffix}`];
		// If the list is still undefined, the item or the user left it out.
		Reflect.deleteProperty(joined, key);
		Reflect.deleteProperty(joined, `${name}${jsonSuffix}`);
	}
	return joined;
}
