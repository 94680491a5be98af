import type { INodeProperties } from 'n8n-workflow';

/** Names of the values an item can supply, if they depend on another parameter. */
export interface NamesByChoice {
	/** The parameter: `interactiveType`. */
	parameter: string;
	/** What an item can supply, by the parameter's value. */
	names: Map<string, readonly string[]>;
}

/**
 * Lets the user take values from the input item by parameter name, so that a table of recipients
 * needs no expression per field. Anything the item lacks comes from the fields above.
 *
 * @param fields of the operation, for their labels
 * @param names parameter names an item can supply
 * @param byChoice the same for each value of a parameter, so that the panel lists only relevant
 *   names
 */
export function valuesFromFields(
	fields: readonly INodeProperties[],
	names: readonly string[],
	byChoice?: NamesByChoice,
): INodeProperties[] {
	const inItemMode = { show: { valuesFrom: ['item'] } };
	return [
		{
			displayName: 'Take Values From',
			name: 'valuesFrom',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Fields Above',
					value: 'fields',
					description: 'As you entered them, with their expressions',
				},
				{
					name: 'Input Items',
					value: 'item',
					description: 'From each item by name. Fast for long lists.',
				},
			],
			default: 'fields',
			description: 'Where the recipient and all other values of a message come from',
		},
		...(byChoice === undefined
			? [noticeOf(names, {})]
			: [...byChoice.names].map(([value, some]) =>
					noticeOf(some, { [byChoice.parameter]: [value] }),
				)),
		{
			displayName: 'Rename Input Fields',
			name: 'renames',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			description: 'For values that the input item has under another name',
			displayOptions: inItemMode,
			options: [
				{
					displayName: 'Field',
					name: 'rename',
					values: [
						{
							displayName: 'Input Field',
							name: 'from',
							type: 'string',
							default: '',
							placeholder: 'e.g. phone',
						},
						{
							displayName: 'Use As',
							name: 'to',
							type: 'options',
							options: names.map((name) => ({ name: labelOf(fields, name), value: name })),
							default: 'recipient',
							description: 'The field of this node that gets the value',
						},
					],
				},
			],
		},
	];
}

/** `Recipient (recipient)` */
function labelOf(fields: readonly INodeProperties[], name: string): string {
	const label = fields.find((field) => field.name === name)?.displayName;
	return label === undefined ? name : `${label} (${name})`;
}

/** A notice that lists the names, with extra display conditions. */
function noticeOf(
	names: readonly string[],
	show: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties {
	return {
		displayName: `Values are taken from each item by these names: ${names.map((name) => `<code>${name}</code>`).join(', ')}. The fields above are used for what an item lacks.`,
		name: 'valuesFromNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { valuesFrom: ['item'], ...show } },
	};
}

/** The renames as stored. */
interface Renames {
	rename?: { from?: string; to?: string }[];
}

/**
 * Creates the function that picks an operation's values from an item's JSON.
 *
 * @param names parameter names an item can supply
 * @param renames value of the `renames` parameter
 */
export function createItemPicker(
	names: readonly string[],
	renames: unknown,
): (json: Record<string, unknown>) => Record<string, unknown> {
	const sourceOf = new Map(names.map((name) => [name, name]));
	for (const { from, to } of (renames as Renames | undefined)?.rename ?? []) {
		if (from !== undefined && from !== '' && to !== undefined) sourceOf.set(to, from);
	}
	const sources = Array.from(sourceOf, ([name, source]) => ({ name, source }));
	return (json) => {
		const picked: Record<string, unknown> = {};
		for (const { name, source } of sources) {
			const value = json[source];
			if (value !== undefined) picked[name] = value;
		}
		return picked;
	};
}
