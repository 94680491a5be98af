import type { INodeProperties } from 'n8n-workflow';
import { nodeProperties } from '../../../nodes/WhatsAppCloud/operations/description';
import { fieldLabel } from '../../../nodes/WhatsAppCloud/fields/fieldLabel';
import { problemOf } from '../../../nodes/WhatsAppCloud/fields/issues';
import { findOperation, resources } from '../../../nodes/WhatsAppCloud/operations/table';
import { choiceOf } from '../../../nodes/WhatsAppCloud/values/choice';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { z } from 'zod/v4';
import { present } from '../../present';

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

describe('a value that is none of the choices', () => {
	const choice = (name: string, options: [string, string][]): INodeProperties => ({
		displayName: 'Kind',
		name,
		type: 'options',
		options: options.map(([label, value]) => ({ name: label, value })),
		default: '',
	});
	const problem = (fields: INodeProperties[]): string =>
		problemOf(
			fields,
			present(z.object({ kind: choiceOf(['a', 'b']) }).safeParse({ kind: 'c' }).error),
		).message;

	test('is told with the labels and what an expression has to give', () => {
		const fields = [
			choice('kind', [
				['First', 'a'],
				['Second', 'b'],
			]),
		];
		expect(problem(fields)).toBe(
			'"Kind" must be one of First (a), Second (b), but is the text "c"',
		);
	});

	test('labels come from any field of that name, and stand alone where there is none', () => {
		const fields = [choice('kind', [['First', 'a']]), choice('kind', [['Second', 'b']])];
		expect(problem(fields)).toContain('First (a), Second (b)');
		expect(problem([])).toBe('"kind" must be one of a, b, but is the text "c"');
	});

	test('is told once, where two schemas read it', () => {
		const schema = z.intersection(z.object({}), z.looseObject({}));
		const { error } = schema.safeParse('x', parsing);
		expect(problemOf([], present(error)).advice).toMatch(/^Change the expression, or the value/);
	});
});
