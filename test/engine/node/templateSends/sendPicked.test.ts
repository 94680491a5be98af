import {
	loadTemplates,
	templateFixture,
	templateFixtures,
	templateWithVariables,
} from '../../../fixtures/templateFixtures';
import { exampleValues } from '../../../fixtures/exampleValues';
import { planOf } from '../../../../nodes/WhatsAppCloud/templates/plan';
import { readStructure } from '../../../../nodes/WhatsAppCloud/templates/structure';
import { accepted, itemsOf, requests } from '../account';
import { jpegOf } from '../../../fixtures/files/jpegOf';
import { binaryFile } from '../files';
import { link, picked, receipt, receiptValues, useTemplateNode } from './picked';

const { fields, send, simulator } = useTemplateNode();

/** Values that the simulator's account knows. */
const known: Record<string, unknown> = {
	'header.product': 'SKU-ALOE',
	'header.catalog': '500000000000001',
	'cards.products': 'SKU-ALOE, SKU-JADE',
	'cards.catalog': '500000000000001',
	'button.0.products': 'SKU-ALOE, SKU-JADE',
	'button.0.thumbnail': 'SKU-ALOE',
	'button.0.catalog': 'SKU-ALOE',
	'button.0.order': {
		reference_id: 'order-1042',
		type: 'digital-goods',
		currency: 'INR',
		total_amount: { value: 1999, offset: 100 },
		order: {
			status: 'pending',
			items: [{ name: 'Fern', amount: { value: 1999, offset: 100 }, quantity: 1 }],
			subtotal: { value: 1999, offset: 100 },
			tax: { value: 0, offset: 100 },
		},
	},
};

/** Without those that go through another endpoint, and the one that nobody may send. */
const sendable = templateFixtures.filter(
	({ status, name }) =>
		status === 'APPROVED' && !['bid_offer', 'moving_fern', 'direct_send_parcel'].includes(name),
);

describe('a template that was picked is sent with the values of its fields', () => {
	test.each(
		sendable.map((template) => [`${template.name} ${template.language}`, template] as const),
	)('%s', async (_, template) => {
		const { inputs } = planOf(readStructure(template));
		const values = exampleValues(inputs);
		const fitting = Object.fromEntries(
			Object.entries(values).map(([id, value]) => [id, known[id] ?? value]),
		);
		const schema = await fields(template);
		expect(schema.map(({ id }) => id)).toEqual(['text', ...inputs.map(({ id }) => id)]);
		const result = await send(picked(template, { value: { ...fitting }, schema }));
		const { name, language, category } = template;
		expect(itemsOf(result)[0]?.json).toMatchObject({
			outcome: 'sent',
			template: { name, language, category, text: expect.not.stringContaining('{{') },
		});
	});
});

test('the message and the filled text are right, and the run looked nothing up', async () => {
	const schema = await fields(receipt);
	const before = (await requests(simulator)).length;
	const [item] = itemsOf(await send(picked(receipt, { value: receiptValues, schema })));
	expect(item?.json['template']).toEqual({
		name: 'receipt_with_picture',
		language: 'en_US',
		category: 'UTILITY',
		text: '[Image]\n\nThank you, Ada. Here is what you bought for $ 3 at our shop.\n\nLucky Shrub\n\n[See receipt]',
	});
	const asked = (await requests(simulator)).slice(before);
	expect(asked.map(({ path }) => path.replace(/\?.*/, '').split('/').at(-1))).toEqual(['messages']);
	const [message] = await accepted(simulator);
	expect(message?.body['template']).toMatchObject({
		components: [
			{ type: 'header', parameters: [{ type: 'image', image: { link } }] },
			{ type: 'body', parameters: [{ text: 'Ada' }, { text: '$ 3' }] },
			{ type: 'button', sub_type: 'url', index: '0', parameters: [{ text: 'R-1' }] },
		],
	});
});

describe('items give the values by name', () => {
	const automatic = async (template: Parameters<typeof fields>[0]) => ({
		mappingMode: 'autoMapInputData',
		value: null,
		schema: await fields(template),
	});

	test('with the mapper set to map automatically', async () => {
		const templateValues = await automatic(receipt);
		const result = await send(
			picked(receipt, templateValues, { recipient: '={{ $json.phone }}' }),
			[
				{ json: { phone: '+15550100002', 1: 'Ada', 2: '$ 3', image: link, url: 'R-1' } },
				{ json: { phone: '+15550100003', ...receiptValues, 'body.1': 'Ben' } },
			],
		);
		expect(itemsOf(result).map(({ json }) => [json['outcome'], textOf(json)])).toEqual([
			['sent', expect.stringContaining('Thank you, Ada.')],
			['sent', expect.stringContaining('Thank you, Ben.')],
		]);
	});

	test('with all fields mapped automatically, beside the recipient', async () => {
		const schema = await fields(receipt, { valuesFrom: 'item' });
		const value = { 'header.image': link, 'body.2': '$ 9' };
		const result = await send(
			picked(receipt, { value, schema }, { recipient: '', valuesFrom: 'item' }),
			[{ json: { recipient: '+15550100002', 1: 'Ada', url: 'R-1' } }],
		);
		expect(textOf(itemsOf(result)[0]?.json)).toContain(
			'Thank you, Ada. Here is what you bought for $ 9',
		);
	});

	test('a file of the item by the name of its field', async () => {
		const result = await send(picked(receipt, await automatic(receipt)), [
			{
				json: { 1: 'Ada', 2: '$ 3', url: 'R-1' },
				binary: { data: binaryFile(jpegOf(600, 400), 'image/jpeg') },
			},
		]);
		expect(itemsOf(result)[0]?.json).toMatchObject({ outcome: 'sent' });
		const [message] = await accepted(simulator);
		expect(message?.body['template']).toMatchObject({
			components: [{ parameters: [{ image: { id: expect.stringMatching(/^\d+$/) } }] }, {}, {}],
		});
	});

	test('what an item lacks is named', async () => {
		const result = await send(picked(receipt, await automatic(receipt)), [
			{ json: { 1: 'Ada', image: link, url: 'R-1' } },
		]);
		expect(result.error?.message).toBe(
			'"Values › {{2}}" is not in the item, neither as body.2 nor under its name [item 0]',
		);
	});

	test('of a template whose name comes from an expression, by their IDs', async () => {
		const template = { __rl: true, mode: 'name', value: '={{ $json.which }}' };
		const result = await send(
			{
				...picked(receipt, { mappingMode: 'autoMapInputData', value: null, schema: [] }),
				template,
			},
			[
				{ json: { which: 'delivery_slot:en_US', 'body.1': 'Friday', 'body.2': '2 and 4' } },
				{
					json: {
						which: 'order_shipped:de',
						body: { 1: 'Ada', 2: 'L-1', 3: 'Montag' },
						'button.0.url': 'x',
					},
				},
			],
		);
		expect(itemsOf(result).map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
	});
});

describe('a variable named like a parameter of the node', () => {
	const awkward = templateFixture('awkward_names');
	const json = {
		name: 'Anna',
		operation: 'repotting',
		to: 'Ben',
		template: 'red pot',
		resource: 'fern',
		language: 'a cactus',
		options: 'Clara',
	};

	test('is one where only the values come from the item', async () => {
		const schema = await fields(awkward);
		const result = await send(
			picked(awkward, { mappingMode: 'autoMapInputData', value: null, schema }),
			[{ json }],
		);
		expect(textOf(itemsOf(result)[0]?.json)).toBe(
			'Dear Anna, your repotting for Ben with the red pot is ready; the fern waits, and so does a cactus. Ask for Clara at the till.',
		);
	});

	test('needs its ID where the item gives the parameters, too', async () => {
		const schema = await fields(awkward, { valuesFrom: 'item' });
		const { template, language, ...others } = json;
		const result = await send(
			picked(awkward, { value: null, schema }, { recipient: '', valuesFrom: 'item' }),
			[
				{
					json: {
						...others,
						recipient: '+15550100002',
						'body.template': template,
						'body.language': language,
						'body.options': json.options,
					},
				},
			],
		);
		expect(textOf(itemsOf(result)[0]?.json)).toContain('with the red pot is ready');
	});
});

test('250 variables are 250 fields, which go in the order of their numbers', async () => {
	const many = templateWithVariables(250);
	await loadTemplates(simulator.url, [many]);
	const schema = await fields(many);
	expect(schema).toHaveLength(251);
	const value = Object.fromEntries(
		Array.from({ length: 250 }, (_, index) => [`body.${250 - index}`, String(250 - index)]),
	);
	const result = await send(picked(many, { value, schema }));
	// Meta's limit for the whole text, and no limit of ours, ends this.
	expect(result.error?.message).toBe(
		'The template is too long with these values (132005) [item 0]',
	);
	const [request] = (await requests(simulator)).filter(({ path }) => path.includes('/messages?'));
	const { template } = request?.body as {
		template: { components: { parameters: { text: string }[] }[] };
	};
	expect(template.components[0]?.parameters.map(({ text }) => Number(text))).toEqual(
		Array.from({ length: 250 }, (_, index) => index + 1),
	);
});

const textOf = (json: Record<string, unknown> | undefined): string => {
	const { text } = (json?.['template'] ?? {}) as { text?: unknown };
	return typeof text === 'string' ? text : '';
};
