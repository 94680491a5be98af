import { julyCard, octoberRows, tierCard } from '../../fixtures/pricing/rateCards';
import { xlsx } from '../../fixtures/pricing/xlsx';
import { accepted, credentials, itemsOf, onlyJson, requests } from './account';
import { asFile, estimateSetup, germany, india, to } from './estimateSetup';

const { engine, estimate, simulator } = estimateSetup();

describe('Cost Estimate', () => {
	test('sums up by market and category, and sends nothing', async () => {
		const json = onlyJson(
			await estimate([to(germany), to(germany), to(india), to(india, 'UTILITY'), to('nobody')]),
		);
		expect(json).toMatchObject({
			messages: 4,
			lowestCost: 0.2862,
			highestCost: 0.2862,
			currency: 'USD',
			unpriced: 0,
			unreadable: 1,
			rateCard: { validFrom: '2026-10-01', currency: 'USD', markets: 10 },
		});
		expect(json['markets']).toMatchObject([
			{ market: 'Germany', category: 'marketing', messages: 2, rate: 0.1365, highestCost: 0.273 },
			{ market: 'India', category: 'marketing', messages: 1, rate: 0.0118 },
			{ market: 'India', category: 'utility', messages: 1, rate: 0.0014 },
		]);
		expect(json['openQuestions']).toEqual([
			'Left out: 1 recipient that cannot be read.',
			expect.stringMatching(/^Without Meta’s list of volume tiers/),
			expect.stringMatching(/^Meta charges what is delivered/),
		]);
		expect(await requests(simulator)).toEqual([]);
	});

	test('an item for each market', async () => {
		const items = itemsOf(await estimate([to(germany), to(india)], { mode: 'markets' }));
		expect(
			items.map(({ json }) => [json['market'], json['highestCost'], json['currency']]),
		).toEqual([
			['Germany', 0.1365, 'USD'],
			['India', 0.0118, 'USD'],
		]);
	});

	test('an item for each recipient, which belongs to its input', async () => {
		const items = itemsOf(
			await estimate([to(germany), to('nobody'), to('DE.1349120865', 'service')], {
				mode: 'recipients',
			}),
		);
		expect(items.map(({ json }) => json)).toMatchObject([
			{ address: germany, market: 'Germany', category: 'marketing', highestCost: 0.1365 },
			{
				recipient: 'nobody',
				address: null,
				problem: expect.stringMatching(/"Recipient" "nobody" is neither/),
			},
			{ market: 'Germany', lowestCost: 0, highestCost: 0.055, free: 'service' },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('names the recipient of an item whose category is wrong', async () => {
		const items = itemsOf(
			await estimate([to(germany, 'gossip')], {
				mode: 'recipients',
				category: '={{ $json.category }}',
			}),
		);
		expect(items[0]?.json).toMatchObject({
			recipient: germany,
			address: null,
			problem: expect.stringContaining('"Category" must be one of'),
		});
	});

	test.each([
		['CSV', asFile(julyCard, 'rates.csv'), '2026-07-01'],
		['XLSX', asFile(xlsx([octoberRows]), 'rates.csv'), '2026-10-01'],
	])('reads the rate card from a file in %s of any item', async (_, file, validFrom) => {
		const items = [to(germany), { ...to(india), binary: { card: file } }];
		const json = onlyJson(
			await estimate(items, { rateCardSource: 'binary', rateCardFile: 'card' }),
		);
		expect(json).toMatchObject({ highestCost: 0.1483, rateCard: { validFrom } });
	});

	test('takes a file that an expression returns, and volume tiers beside it', async () => {
		const binary = {
			card: asFile(xlsx([octoberRows]), 'rates.xlsx'),
			tiers: asFile(tierCard, 'tiers.csv'),
		};
		const items = [{ ...to(germany, 'utility'), binary }, to(germany, 'utility')];
		const json = onlyJson(
			await estimate(items, {
				rateCardSource: 'binary',
				rateCardFile: '={{ Object.values($input.first().binary) }}',
			}),
		);
		expect(json).toMatchObject({ lowestCost: 0.1, highestCost: 0.11 });
	});

	test('takes a rate card from items', async () => {
		const items = [{ market: 'Germany', currency: 'EUR', marketing: 0.1131 }];
		expect(
			onlyJson(await estimate([to(germany)], { rateCardItems: `={{ ${JSON.stringify(items)} }}` })),
		).toMatchObject({ highestCost: 0.1131, currency: 'EUR', rateCard: { validFrom: null } });
	});

	test('counts without a rate card', async () => {
		const json = onlyJson(await estimate([to(germany)], { rateCardSource: 'none' }));
		expect(json).toMatchObject({
			messages: 1,
			lowestCost: null,
			highestCost: null,
			unpriced: 1,
			rateCard: null,
			markets: [{ market: 'Germany', messages: 1, rate: null }],
		});
	});

	test.each([
		[{ rateCardItems: 'Name,Price' }, /"Rate Card" has no heading/],
		[{ rateCardSource: 'binary' }, /"Input Binary Field" is "data", but no input item has/],
		[
			{ rateCardItems: 'Market,Currency,Marketing\nIndia,USD,1\nIndia,EUR,1' },
			/"Currency" is empty, but the rate card has prices in USD, EUR/,
		],
		[{ options: { currency: 'BRL' } }, /"Currency" is BRL, but the rate card has prices in USD/],
	])('with %j says what is wrong', async (parameters, problem) => {
		const { error } = await estimate([to(germany)], parameters);
		expect(error?.message).toMatch(problem);
		expect(error?.description).toMatch(/\w/);
	});

	test('can go on after a problem', async () => {
		const result = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'report', operation: 'estimate', recipient: germany },
			credentials: credentials(simulator.url),
			items: [to(germany)],
			onError: 'continueRegularOutput',
		});
		expect(onlyJson(result)).toEqual({ error: expect.stringMatching(/Input Binary Field/) });
	});
});

test('a thousand items are read in one pass, with the rate card read once', async () => {
	const items = Array.from({ length: 1_000 }, (_, index) =>
		to(`+4915550${String(200_000 + index)}`, 'utility'),
	);
	expect(onlyJson(await estimate(items))).toMatchObject({ messages: 1_000, highestCost: 55 });
	expect(await accepted(simulator)).toEqual([]);
});
