import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	createParameterReader,
	itemValueNames,
} from '../../../nodes/WhatsAppCloud/node/parameters';
import { listFields } from '../../../nodes/WhatsAppCloud/fields/listField';
import { mediaFields } from '../../../nodes/WhatsAppCloud/fields/mediaFields';
import { valuesFromFields } from '../../../nodes/WhatsAppCloud/fields/valuesFrom';

const field = (name: string, parts: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...parts,
});

const buttons = listFields({
	name: 'buttons',
	displayName: 'Buttons',
	rowName: 'button',
	rowDisplayName: 'Button',
	hint: '',
	row: [field('title')],
	jsonExample: [],
});

const fields = [
	...valuesFromFields([], ['recipient', 'text']),
	field('recipient'),
	field('text'),
	...buttons,
	...mediaFields(),
	field('options', { type: 'collection' }),
	field('variables', { type: 'resourceMapper' }),
];

/** A node in n8n whose expressions are `=` plus the name of a member of the item. */
function open(parameters: Record<string, unknown>, items: Record<string, unknown>[] = [{}]) {
	const evaluated: string[] = [];
	const evaluate = (value: unknown, itemIndex: number): unknown => {
		if (typeof value === 'string' && value.startsWith('=')) {
			return items[itemIndex]?.[value.slice(1)];
		}
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map((inner: unknown) => evaluate(inner, itemIndex));
		const entries = Object.entries(value).map(([key, inner]) => [key, evaluate(inner, itemIndex)]);
		return Object.fromEntries(entries) as unknown;
	};
	const host = {
		getNode: () => ({ parameters }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number) => {
			evaluated.push(`${name} ${itemIndex}`);
			return evaluate(parameters[name], itemIndex);
		},
		getWorkflowDataProxy: (itemIndex: number) => ({ $json: items[itemIndex] }),
	};
	const read = createParameterReader(host as unknown as IExecuteFunctions, fields);
	return { read, evaluated };
}

describe('fields', () => {
	test('what holds no expression is read once per run', () => {
		const { read, evaluated } = open({ recipient: '=to', text: 'Hi' }, [{ to: '1' }, { to: '2' }]);
		expect([read(0), read(1)]).toEqual([
			{ recipient: '1', text: 'Hi' },
			{ recipient: '2', text: 'Hi' },
		]);
		expect(evaluated).toEqual(['text 0', 'recipient 0', 'recipient 1']);
	});

	test('an expression that reads a member of the item needs no evaluation', () => {
		const parameters = { recipient: '={{ $json.to }}', text: '=Hi {{ $json.name }}' };
		const { read, evaluated } = open(parameters, [{ to: '1', name: 'Ana' }, { to: '2' }]);
		expect(read(0)).toEqual({ recipient: '1', text: 'Hi Ana' });
		expect(evaluated).toEqual([]);
		expect(read(1)).toEqual({ recipient: '2', text: undefined });
		expect(evaluated).toEqual(['text 1']);
	});

	test('an expression deep inside a value is found', () => {
		const { read } = open({ options: { trackingText: '=order' } }, [{ order: 1 }, { order: 2 }]);
		expect(read(1)).toEqual({ options: { trackingText: 2 } });
	});

	test('a field without a stored value stays absent', () => {
		expect(open({ text: 'Hi', unheardOf: 'x' }).read(0)).toEqual({ text: 'Hi' });
	});

	test('the item changes nothing unless it is asked for', () => {
		const { read } = open({ text: 'Hi' }, [{ text: 'from the item' }]);
		expect(read(0)).toEqual({ text: 'Hi' });
	});
});

describe('lists', () => {
	const rows = { button: [{ title: 'Yes' }] };
	const buttonsJson = '[{"title":"No"}]';

	test.each([
		[{ buttonsInput: 'fields', buttons: rows, buttonsJson }, rows],
		[{ buttonsInput: 'json', buttons: rows, buttonsJson }, buttonsJson],
	])('%j', (parameters, expected) =>
		expect(open(parameters).read(0)).toEqual({ buttons: expected }),
	);
});

describe('values from the item', () => {
	const fromItem = { valuesFrom: 'item', text: 'Default text' };

	test('come by name, and what is missing from the fields', () => {
		const { read } = open(fromItem, [{ recipient: '1', text: 'Own' }, { recipient: '2' }]);
		expect(read(0)).toMatchObject({ recipient: '1', text: 'Own' });
		expect(read(1)).toMatchObject({ recipient: '2', text: 'Default text' });
	});

	test('an expression that the item makes needless is not evaluated', () => {
		const { read, evaluated } = open({ valuesFrom: 'item', text: '=fallback' }, [
			{ text: 'Own' },
			{ fallback: 'Computed' },
		]);
		expect([read(0)['text'], read(1)['text']]).toEqual(['Own', 'Computed']);
		expect(evaluated.filter((entry) => entry.startsWith('text'))).toEqual(['text 1']);
	});

	test('other names are renamed; the own name of a renamed value no longer counts', () => {
		const renames = { rename: [{ from: 'phone', to: 'recipient' }] };
		const { read } = open({ ...fromItem, renames }, [{ phone: '1', recipient: '9' }]);
		expect(read(0)).toMatchObject({ recipient: '1' });
	});

	test.each([{}, { rename: [] }, { rename: [{ from: '', to: 'text' }] }, { rename: [{}] }])(
		'renames %j change nothing',
		(renames) => {
			const { read } = open({ ...fromItem, renames }, [{ recipient: '1', text: 'Own' }]);
			expect(read(0)).toMatchObject({ recipient: '1', text: 'Own' });
		},
	);

	test('what is no value of the operation does not come along', () => {
		const { read } = open(fromItem, [{ resource: 'token', options: { a: 1 }, secret: 's' }]);
		expect(read(0)).not.toHaveProperty('resource');
		expect(read(0)).not.toHaveProperty('secret');
		expect(read(0)).not.toHaveProperty('options');
	});

	test('a list can come as a list', () => {
		const { read } = open({ ...fromItem, buttonsInput: 'fields', buttons: {} }, [
			{ buttons: [{ title: 'Yes' }] },
		]);
		expect(read(0)['buttons']).toEqual([{ title: 'Yes' }]);
	});

	test('an item that gives a link has chosen the link', () => {
		const parameters = { ...fromItem, mediaSource: 'binary', binaryField: 'data' };
		const mediaLink = 'https://example.com/a.png';
		const { read } = open(parameters, [{ mediaLink }, {}, { mediaSource: 'id', mediaLink }]);
		expect(read(0)).toEqual({ ...read(1), mediaLink, mediaSource: undefined });
		expect(read(1)).toMatchObject({ mediaSource: 'binary', binaryField: 'data' });
		expect(read(2)).toMatchObject({ mediaSource: 'id' });
	});

	test('an empty cell is no value that the field stands in for', () => {
		const { read } = open(fromItem, [{ text: null }, { text: '' }, { text: undefined }]);
		// A message without a recipient must not go to the one in the field.
		expect([read(0)['text'], read(1)['text']]).toEqual([null, '']);
		expect(read(2)['text']).toBe('Default text');
	});
});

test('names that an item can give: one per list, none that only steers', () => {
	expect(itemValueNames(fields)).toEqual([
		'recipient',
		'text',
		'buttons',
		'mediaSource',
		'binaryField',
		'mediaLink',
		'mediaId',
	]);
});

describe('a resource mapper', () => {
	const items = [{ name: 'Ana' }, { name: 'Ben' }];
	const schema = [{ id: 'name' }];
	const variablesOf = (variables: unknown, others: Record<string, unknown> = {}) => {
		const { read } = open({ variables, ...others }, items);
		return [read(0)['variables'], read(1)['variables']];
	};
	const itemOf = (json: unknown) => ({ json, files: [] });

	test('has the values that the user entered, with expressions per item', () => {
		const value = { greeting: 'Hello', name: '=name' };
		expect(variablesOf({ mappingMode: 'defineBelow', value, schema })).toMatchObject([
			{ value: { greeting: 'Hello', name: 'Ana' }, item: null, schema },
			{ value: { greeting: 'Hello', name: 'Ben' }, item: null, schema },
		]);
	});

	test('has the item itself where n8n maps automatically, whatever was entered before', () => {
		const value = { greeting: 'Hello' };
		expect(variablesOf({ mappingMode: 'autoMapInputData', value, schema })).toMatchObject([
			{ value: {}, item: itemOf(items[0]), schema },
			{ value: {}, item: itemOf(items[1]), schema },
		]);
	});

	test('has both where the items supply the values of all parameters', () => {
		const value = { greeting: 'Hello' };
		const [first] = variablesOf(
			{ mappingMode: 'defineBelow', value, schema },
			{ valuesFrom: 'item' },
		);
		expect(first).toMatchObject({ value, item: itemOf(items[0]) });
		expect((first as { taken: Set<string> }).taken).toContain('recipient');
	});

	test('that is not shown has no values', () => {
		expect(variablesOf(undefined)).toEqual([undefined, undefined]);
	});
});
