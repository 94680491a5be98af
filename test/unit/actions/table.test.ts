import type { INodeProperties } from 'n8n-workflow';
import { nodeProperties } from '../../../nodes/WhatsAppCloud/actions/description';
import { fieldLabel } from '../../../nodes/WhatsAppCloud/actions/problems';
import { findOperation, resources } from '../../../nodes/WhatsAppCloud/actions/table';

describe('table of operations', () => {
	test('the editor offers exactly what can be dispatched', () => {
		const properties = nodeProperties();
		const operationLists = properties.filter(({ name }) => name === 'operation');
		const offered = operationLists.flatMap((property) =>
			(property.options ?? []).map((option) => [
				property.displayOptions?.show?.['resource']?.[0],
				(option as { value: string }).value,
			]),
		);
		const dispatched = Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.keys(operations).map((operation) => [resource, operation]),
		);
		expect(offered).toEqual(dispatched);
		expect(offered.length).toBeGreaterThan(2);
	});

	test.each([
		['message', 'toString'],
		['constructor', 'name'],
		['message', 'sendNothing'],
		['', ''],
	])('%s.%s does not exist', (resource, operation) =>
		expect(findOperation(resource, operation)).toBeUndefined(),
	);

	test('each field shows for its own operation, and keeps its own conditions', () => {
		const pasted = nodeProperties().find(({ name }) => name === 'pastedToken');
		expect(pasted?.displayOptions?.show).toEqual({
			resource: ['token'],
			operation: ['debug'],
			token: ['pasted'],
		});
	});
});

describe('fieldLabel', () => {
	const fields: INodeProperties[] = [
		{ displayName: 'Text', name: 'text', type: 'string', default: '' },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [{ displayName: 'Show Typing', name: 'typing', type: 'boolean', default: true }],
		},
		{
			displayName: 'Buttons',
			name: 'buttons',
			type: 'fixedCollection',
			default: {},
			options: [
				{
					displayName: 'Button',
					name: 'button',
					values: [{ displayName: 'Title', name: 'title', type: 'string', default: '' }],
				},
			],
		},
	];

	const nested: INodeProperties[] = [
		{
			displayName: 'Delivery',
			name: 'delivery',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Waves',
					name: 'waves',
					type: 'fixedCollection',
					default: {},
					options: [
						{
							displayName: 'Waves',
							name: 'waves',
							values: [{ displayName: 'Pause', name: 'pause', type: 'number', default: 0 }],
						},
					],
				},
			],
		},
	];

	test('a field in a collection in a collection, each name said once', () => {
		const path = ['delivery', 'waves', 'waves', 'pause'];
		expect(fieldLabel(nested, path)).toBe('Delivery › Waves › Pause');
	});

	test.each([
		[['text'], 'Text'],
		[['options', 'typing'], 'Options › Show Typing'],
		[['buttons', 1, 'title'], 'Buttons › Button 2 › Title'],
		[['unheardOf', 'deep'], 'unheardOf › deep'],
	])('%j is shown as %s', (path, expected) => expect(fieldLabel(fields, path)).toBe(expected));
});
