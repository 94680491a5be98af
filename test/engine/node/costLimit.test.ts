import { octoberRows } from '../../fixtures/pricing/rateCards';
import { xlsx } from '../../fixtures/pricing/xlsx';
import { useEngine, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, requests, withoutStatuses } from './account';
import { binaryFile } from './files';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

beforeEach(async () => {
	// What an earlier test has looked up is forgotten.
	await engine.reload({});
});

const csv = octoberRows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
const germany = ['+4915550200001', '+4915550200002', '+4915550200003'];
const itemsTo = (addresses: string[]) => addresses.map((to) => ({ json: { to } }));

/** Sends within a limit, a text by default. */
const send = async (
	limit: Record<string, unknown>,
	addresses: string[],
	parameters: Record<string, unknown> = {},
	delivery: Record<string, unknown> = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: {
			recipient: '={{ $json.to }}',
			text: 'Hello',
			delivery: {
				costLimit: { limit: { rateCardSource: 'json', rateCardItems: csv, ...limit } },
				...delivery,
			},
			...parameters,
		},
		credentials: credentials(simulator.url),
		items: itemsTo(addresses),
	});

const template = {
	operation: 'sendTemplate',
	template: { __rl: true, mode: 'name', value: 'hello_world' },
	componentsInput: 'fields',
};

const sent = async () => (await accepted(simulator)).length;

describe('Delivery › Cost Limit', () => {
	test.each([true, false])(
		'stops before the first message; all recorded first: %p',
		async (recordFirst) => {
			const { error } = await send({ amount: 0.1 }, germany, {}, { recordFirst });
			expect(error?.message).toBe(
				'"Cost Limit" is 0.1 USD, but 3 messages would cost up to 0.165 USD',
			);
			expect(error?.description).toBe(
				'Nothing was sent. Raise the limit, send to fewer people, or set If the Cost Is Higher to Send with a Hint.',
			);
			expect(await requests(simulator)).toEqual([]);
		},
	);

	test.each([
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const)(
		'with On Error: %s, every item has the error, and none passes',
		async (onError, output) => {
			const result = await engine.runNode({
				node: 'whatsAppCloud',
				parameters: {
					recipient: '={{ $json.to }}',
					text: 'Hello',
					delivery: {
						costLimit: { limit: { amount: 0.1, rateCardSource: 'json', rateCardItems: csv } },
					},
				},
				credentials: credentials(simulator.url),
				items: itemsTo(germany),
				onError,
			});
			const items = itemsOf(result, output);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			for (const { json } of items) {
				expect(JSON.stringify(json)).toMatch(/Cost Limit.*0\.165 USD/);
			}
			expect(itemsOf(result, 1 - output)).toEqual([]);
			expect(await requests(simulator)).toEqual([]);
		},
	);

	test('lets a run go that keeps to it', async () => {
		expect(itemsOf(await send({ amount: 0.165 }, germany))).toHaveLength(3);
		expect(await sent()).toBe(3);
	});

	test('goes on with a hint', async () => {
		const result = await send({ amount: 0.1, ifHigher: 'hint' }, germany);
		expect(itemsOf(result)).toHaveLength(3);
		expect(result.hints).toEqual([
			'Cost Limit is 0.1 USD, but 3 messages would cost up to 0.165 USD',
		]);
		expect(await sent()).toBe(3);
	});

	test('takes the category of a template from Meta, once', async () => {
		const { error } = await send({ amount: 0.1 }, germany, template);
		expect(error?.message).toMatch(/3 messages would cost up to 0\.165 USD/);
		expect(await sent()).toBe(0);
		const seen = (await requests(simulator)).map(({ path }) => path);
		expect(seen.filter((path) => path.includes('message_templates'))).toHaveLength(1);
	});

	test('stops if Meta does not say what category a template has', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 80007,
			match: { path: '/message_templates$' },
		});
		const { error } = await send({ amount: 100 }, germany, template);
		expect(error?.message).toMatch(/80007/);
		expect(await sent()).toBe(0);
	});

	test('stops if a market has no price', async () => {
		const { error } = await send({ amount: 100 }, [...germany, '+2348012345678']);
		expect(error?.message).toBe('"Cost Limit" is 100 USD, but 1 of 4 messages has no price');
		expect(error?.description).toMatch(
			/1 message without a price: the rate card has no market Nigeria/,
		);
		expect(await sent()).toBe(0);
	});

	test('counts each part of a long text, and no reaction', async () => {
		const long = { text: 'word '.repeat(1_600), options: { splitLongText: true } };
		const { error } = await send({ amount: 0.1 }, [germany[0] ?? ''], long);
		expect(error?.message).toMatch(/2 messages would cost up to 0\.11 USD/);
		const reaction = { operation: 'sendReaction', messageId: 'wamid.X', emoji: '👍' };
		expect(itemsOf(await send({ amount: 0 }, [germany[0] ?? ''], reaction))).toHaveLength(1);
	});

	test('leaves out what cannot be sent, which fails by itself', async () => {
		const result = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: {
				recipient: '={{ $json.to }}',
				text: 'Hello',
				delivery: {
					costLimit: { limit: { amount: 0.055, rateCardSource: 'json', rateCardItems: csv } },
				},
			},
			credentials: credentials(simulator.url),
			items: itemsTo(['nobody', germany[0] ?? '']),
			onError: 'continueRegularOutput',
		});
		expect(itemsOf(result).map(({ json }) => json['outcome'])).toEqual(['failed', 'sent']);
	});

	test('knows the free service messages if Meta may be asked', async () => {
		expect(itemsOf(await send({ amount: 0, lookUp: true }, germany))).toHaveLength(3);
	});

	test('reads the rate card from a file', async () => {
		const card = binaryFile(xlsx([octoberRows]), 'application/octet-stream', 'rates.csv');
		const limit = { amount: 0.01, rateCardSource: 'binary', rateCardFile: 'data' };
		const result = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: {
				recipient: germany[0],
				text: 'Hello',
				delivery: { costLimit: { limit } },
			},
			credentials: credentials(simulator.url),
			items: [{ json: {}, binary: { data: card } }],
		});
		expect(result.error?.message).toMatch(/1 message would cost up to 0\.055 USD/);
	});

	test.each([
		[{ amount: '' }, /"Delivery › Cost Limit › Limit" is empty/],
		[{ amount: 1, rateCardItems: '' }, /"Rate Card" has no heading/],
		[{ amount: 1, currency: 'EUR' }, /"Currency" is EUR, but the rate card has prices in USD/],
	])('with %j says what is wrong', async (limit, problem) => {
		expect((await send(limit, germany)).error?.message).toMatch(problem);
		expect(await sent()).toBe(0);
	});

	test('counts a group as unknown', async () => {
		const { error } = await send({ amount: 10 }, [ids.group], {
			options: { recipientType: 'group' },
		});
		expect(error?.description).toMatch(/in a group, each participant counts/);
	});
});
