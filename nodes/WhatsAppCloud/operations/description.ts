import type { INodeProperties } from 'n8n-workflow';
import { resources, type Resource } from './table';

/** All properties of the node, generated from the table. */
export function nodeProperties(): INodeProperties[] {
	const table: [string, Resource][] = Object.entries(resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: table.map(([value, { name }]) => ({ name, value })),
			default: 'message',
		},
		...table.flatMap(([resource, definition]) => resourceProperties(resource, definition)),
	];
}

function resourceProperties(resource: string, { operations }: Resource): INodeProperties[] {
	const entries = Object.entries(operations);
	const chooser: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: entries.map(([value, { name, action, description }]) => ({
			name,
			value,
			action,
			description,
		})),
		default: '',
	};
	return [{ ...chooser, default: entries[0]?.[0] ?? '' }, ...fieldsOf(resource, operations)];
}

/**
 * The fields of all operations. Other fields depend on `valuesFrom`, which stands below them; n8n
 * resolves a name that is defined only once in any order, so it is one field of all operations.
 */
function fieldsOf(resource: string, operations: Resource['operations']): INodeProperties[] {
	const above: INodeProperties[] = [];
	const below: INodeProperties[] = [];
	const withMode: [string, INodeProperties][] = [];
	for (const [operation, { fields }] of Object.entries(operations)) {
		const shown = withoutRequiredInItemMode(fields);
		const at = shown.findIndex(({ name }) => name === 'valuesFrom');
		const ownFields = (some: INodeProperties[]): INodeProperties[] =>
			some.map((field) => shownFor(field, resource, [operation]));
		const mode = shown[at];
		above.push(...ownFields(mode === undefined ? shown : shown.slice(0, at)));
		if (mode === undefined) continue;
		withMode.push([operation, mode]);
		below.push(...ownFields(shown.slice(at + 1)));
	}
	const [first] = withMode;
	const names = withMode.map(([operation]) => operation);
	return [
		...above,
		...(first === undefined ? [] : [shownFor(first[1], resource, names)]),
		...below,
	];
}

/**
 * If an operation can take its values from the input item, required fields become optional in that
 * mode; otherwise n8n would refuse to run the node before it reads the first item.
 */
function withoutRequiredInItemMode(fields: INodeProperties[]): INodeProperties[] {
	const hasItemMode = fields.some(({ name }) => name === 'valuesFrom');
	return fields.flatMap((field) => {
		if (!hasItemMode || field.required !== true) return [field];
		const shownIn = (mode: 'fields' | 'item'): NonNullable<INodeProperties['displayOptions']> => ({
			...field.displayOptions,
			show: { ...field.displayOptions?.show, valuesFrom: [mode] },
		});
		return [
			{ ...field, displayOptions: shownIn('fields') },
			{ ...field, required: false, displayOptions: shownIn('item') },
		];
	});
}

/** Adds the field's resource and operations to its display conditions. */
function shownFor(field: INodeProperties, resource: string, operations: string[]): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: operations, ...field.displayOptions?.show },
		},
	};
}
