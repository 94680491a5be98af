import { readPrices, type PriceList } from '../../../nodes/WhatsAppCloud/pricing/card/priceList';
import { readTierLists } from '../../../nodes/WhatsAppCloud/pricing/card/tierList';
import { readCsv } from '../../../nodes/WhatsAppCloud/values/files/csv';
import { freeEntryAt } from '../../../nodes/WhatsAppCloud/pricing/entryPoint';
import { createEstimator } from '../../../nodes/WhatsAppCloud/pricing/estimate';
import { createMarketFinder } from '../../../nodes/WhatsAppCloud/pricing/market/markets';
import type { BillableMessage, PriceRules } from '../../../nodes/WhatsAppCloud/pricing/meter';
import { openQuestions } from '../../../nodes/WhatsAppCloud/pricing/openQuestions';
import { hourMs } from '../../../nodes/WhatsAppCloud/time/durations';
import { julyCard, octoberRows, tierCard } from '../../fixtures/pricing/rateCards';

const asCsv = (rows: (string | number)[][]): string =>
	rows.map((row) => row.map((value) => `"${value}"`).join(',')).join('\n');

const october: PriceList = readPrices(asCsv(octoberRows));

function rulesWith(changes: Partial<PriceRules> = {}): PriceRules {
	const card = changes.card === undefined ? (october.cards[0] ?? null) : changes.card;
	return {
		card,
		tierList: null,
		markets: createMarketFinder(card),
		volumeBefore: null,
		serviceBefore: null,
		international: null,
		...changes,
	};
}

const india = '+919876543210';
const germany = '+4915550200003';

const message = (changes: Partial<BillableMessage> = {}): BillableMessage => ({
	address: germany,
	phoneNumberId: '1',
	category: 'marketing',
	freeEntry: 'no',
	...changes,
});

function estimate(rules: PriceRules, messages: BillableMessage[]) {
	const estimator = createEstimator(rules);
	const prices = messages.map((each) => estimator.add(each));
	return { prices, ...estimator.result() };
}

const many = (count: number, changes: Partial<BillableMessage>): BillableMessage[] =>
	Array.from({ length: count }, () => message(changes));

const tierList = readTierLists(readCsv(tierCard))[0] ?? null;

describe('an estimate', () => {
	test('is divided by market and category, the most expensive first', () => {
		const { markets, lowestCost, highestCost, messages } = estimate(rulesWith(), [
			...many(3, { address: india }),
			...many(2, {}),
			...many(1, { address: india, category: 'utility' }),
		]);
		expect(
			markets.map((each) => [
				each.market,
				each.category,
				each.messages,
				each.rate,
				each.highestCost,
			]),
		).toEqual([
			['Germany', 'marketing', 2, 0.1365, 0.273],
			['India', 'marketing', 3, 0.0118, 0.0354],
			['India', 'utility', 1, 0.0014, 0.0014],
		]);
		expect({ messages, lowestCost, highestCost }).toEqual({
			messages: 6,
			lowestCost: 0.3098,
			highestCost: 0.3098,
		});
	});

	test('of a hundred thousand adds up to the cent', () => {
		const { highestCost } = estimate(rulesWith(), many(100_000, { category: 'utility' }));
		expect(highestCost).toBe(5_500);
	});

	test('is free after a click on an ad, whatever the category', () => {
		const { markets, highestCost } = estimate(rulesWith(), [
			message({ freeEntry: 'yes' }),
			message({ freeEntry: 'yes', category: 'service' }),
		]);
		expect(highestCost).toBe(0);
		expect(markets.map(({ freeEntryPoint }) => freeEntryPoint)).toEqual([1, 1]);
	});

	test('lies between two costs if the free entry point may have ended', () => {
		const { lowestCost, highestCost, open } = estimate(rulesWith(), [
			message({ freeEntry: 'perhaps' }),
		]);
		expect([lowestCost, highestCost]).toEqual([0, 0.1365]);
		expect(open.perhapsFreeEntry).toBe(1);
	});
});

describe('service messages', () => {
	test('are free up to a thousand per number and month', () => {
		const rules = rulesWith({ serviceBefore: (id) => (id === '1' ? 998 : 0) });
		const { markets, highestCost, lowestCost } = estimate(rules, [
			...many(3, { category: 'service' }),
			...many(3, { category: 'service', phoneNumberId: '2' }),
		]);
		expect(markets).toMatchObject([{ messages: 6, freeService: 5, perhapsFree: 0 }]);
		expect([lowestCost, highestCost]).toEqual([0.055, 0.055]);
	});

	test('cost something between, if nobody knows how many there were', () => {
		const { lowestCost, highestCost, open } = estimate(
			rulesWith(),
			many(1_002, { category: 'service' }),
		);
		expect([lowestCost, highestCost]).toEqual([0.11, 55.11]);
		expect(open.perhapsFreeService).toBe(1_000);
	});

	test('cost what utility costs if the card has no price of their own', () => {
		const [card = null] = readPrices(julyCard).cards;
		const rules = rulesWith({ card, serviceBefore: () => 1_000 });
		expect(estimate(rules, many(1, { category: 'service' })).highestCost).toBe(0.055);
	});
});

describe('volume tiers', () => {
	test('count on from what the month has had', () => {
		const rules = rulesWith({ tierList, volumeBefore: () => 99 });
		const { lowestCost, highestCost } = estimate(rules, many(3, { category: 'utility' }));
		expect([lowestCost, highestCost]).toEqual([0.155, 0.155]);
	});

	test('are for utility and codes alone', () => {
		const rules = rulesWith({ tierList, volumeBefore: () => 1_000, serviceBefore: () => 1_000 });
		expect(estimate(rules, [message()]).highestCost).toBe(0.1365);
		expect(estimate(rules, [message({ category: 'service' })]).highestCost).toBe(0.055);
		expect(estimate(rules, [message({ category: 'utility' })]).highestCost).toBe(0.05);
	});

	test('give two costs if the volume is not known', () => {
		const rules = rulesWith({ tierList });
		const { lowestCost, highestCost } = estimate(rules, many(2, { category: 'utility' }));
		expect([lowestCost, highestCost]).toEqual([0.1, 0.11]);
	});

	test('are filled at most by those that may be free', () => {
		const rules = rulesWith({ tierList, volumeBefore: () => 99 });
		const { lowestCost, highestCost } = estimate(rules, [
			message({ category: 'utility', freeEntry: 'perhaps' }),
			message({ category: 'utility' }),
		]);
		expect([lowestCost, highestCost]).toEqual([0.05, 0.11]);
	});
});

describe('the international rate for authentication', () => {
	const code = message({ address: india, category: 'authentication' });

	test.each([
		[null, 0.0014, 1],
		[{ home: 'DE' }, 0.0304, 0],
		[{ home: null }, 0.0304, 0],
		[{ home: 'IN' }, 0.0014, 1],
	])('for %j costs %p', (international, cost, openCodes) => {
		const { highestCost, open } = estimate(rulesWith({ international }), [code]);
		expect(highestCost).toBe(cost);
		expect(open.international).toBe(openCodes);
	});
});

describe('what has no price', () => {
	test.each([
		[{}, { card: null }, 'no_card', null],
		[{ address: '+2348012345678' }, {}, 'no_market', /no market Nigeria/],
		[{ category: null }, {}, 'no_category', /category is not known/],
		[{ address: null }, {}, 'group', /in a group/],
	] as const)('%j %j is %s', (changes, rules, noPrice, sentence) => {
		const all = rulesWith(rules);
		const result = estimate(all, [message(changes)]);
		expect(result.prices).toMatchObject([{ noPrice, highest: null, lowest: null }]);
		expect(result).toMatchObject({ unpriced: 1, highestCost: 0 });
		if (sentence === null) return;
		expect(questions(result, { rules: all }).join(' ')).toMatch(sentence);
	});

	test('a market without this price', () => {
		const [card = null] = readPrices('Market,Marketing,Utility\nGermany,n/a,0.055').cards;
		const rules = rulesWith({ card });
		const result = estimate(rules, [message()]);
		expect(result.prices).toMatchObject([{ noPrice: 'no_rate' }]);
		expect(questions(result, { rules })[1]).toBe(
			'1 message without a price: the rate card has no marketing price for Germany.',
		);
	});
});

const questions = (
	result: Parameters<typeof openQuestions>[0],
	changes: Partial<Parameters<typeof openQuestions>[1]> = {},
): string[] =>
	openQuestions(result, {
		rules: rulesWith(),
		today: '2026-11-26',
		knowsEntryPoints: true,
		accountCurrency: null,
		unreadable: 0,
		...changes,
	});

describe('what cannot be known', () => {
	const delivered = 'Meta charges what is delivered; the estimate assumes that every message is.';

	test('is little with a card of this month', () => {
		expect(questions(estimate(rulesWith(), [message()]))).toEqual([delivered]);
	});

	test('a card of another month', () => {
		const [card = null] = readPrices(julyCard).cards;
		const rules = rulesWith({ card });
		expect(questions(estimate(rules, [message()]), { rules })).toContain(
			'The rate card is of 2026-07-01; Meta may have changed prices on 2026-10-01.',
		);
		expect(questions(estimate(rules, [message()]), { rules, today: '2026-06-30' })).toContain(
			'The rate card holds only from 2026-07-01.',
		);
	});

	test('a card without a month, in another currency than the account', () => {
		const [card = null] = readPrices('Market,Currency,Marketing\nGermany,€,0.1131').cards;
		const rules = rulesWith({ card });
		const found = questions(estimate(rules, [message()]), { rules, accountCurrency: 'USD' });
		expect(found[0]).toMatch(/does not say since when/);
		expect(found[1]).toBe('Meta bills the account in USD, but the rate card is in EUR.');
	});

	test.each([
		[{ knowsEntryPoints: false }, [message()], /not known without the state/],
		[{ unreadable: 2 }, [message()], /Left out: 2 recipients/],
		[{}, [message({ address: 'DE.1' })], /For 1 user ID, the country/],
		[{}, [message({ category: 'utility' })], /list of volume tiers, the list rate/],
		[{}, [message({ category: 'service' })], /How many of the 1,000 free service messages/],
		[{}, [message({ freeEntry: 'perhaps' })], /1 recipient came through an ad/],
		[
			{},
			[message({ address: india, category: 'authentication' })],
			/1 code would cost more if the international rate/,
		],
	])('%j (%#)', (circumstances, messages, sentence) => {
		const found = questions(estimate(rulesWith(), messages), circumstances);
		expect(found.some((each) => sentence.test(each))).toBe(true);
	});
});

test.each([
	[null, 'no'],
	[0, 'yes'],
	[23.9, 'yes'],
	[24, 'perhaps'],
	[95.9, 'perhaps'],
	[96, 'no'],
])('a click %p hours ago makes a message free: %s', (hours, free) => {
	const now = Date.UTC(2026, 10, 26);
	expect(freeEntryAt(hours === null ? null : now - hours * hourMs, now)).toBe(free);
});
