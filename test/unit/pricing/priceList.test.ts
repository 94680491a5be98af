import {
	readPriceFiles,
	readPrices,
	type PriceList,
} from '../../../nodes/WhatsAppCloud/pricing/card/priceList';
import { germanCard, julyCard, octoberRows, tierCard } from '../../fixtures/pricing/rateCards';
import { xlsx } from '../../fixtures/pricing/xlsx';

const file = async (content: string | Buffer, fileName = 'rates.csv'): Promise<PriceList> =>
	await readPriceFiles([{ content: Buffer.from(content), fileName }]);

/** `Germany` → its prices in the only card. */
const rates = ({ cards }: PriceList, market: string) =>
	cards[0]?.rates.get(market.toLowerCase().replace('&', 'and'));

describe("Meta's rate card", () => {
	test('as CSV, with a title, notes and a heading over two lines', async () => {
		const list = await file(julyCard);
		expect(list.cards).toHaveLength(1);
		expect(list.cards[0]).toMatchObject({ currency: 'USD', validFrom: '2026-07-01' });
		expect(list.cards[0]?.rates.size).toBe(6);
		expect(rates(list, 'India')).toEqual({
			market: 'India',
			marketing: 0.0118,
			utility: 0.0014,
			authentication: 0.0014,
			authenticationInternational: 0.0304,
			service: null,
			codes: [],
		});
	});

	test.each([
		['packed', {}],
		['as is', { packed: false }],
		['with texts in the cells', { inline: true }],
		['with prefixes', { prefix: 'x:' }],
	])('as XLSX, %s, whatever its ending', async (_, choice) => {
		const list = await file(xlsx([[['Notes']], octoberRows], choice), 'rates.csv');
		expect(list.cards[0]).toMatchObject({ currency: 'USD', validFrom: '2026-10-01' });
		expect(list.cards[0]?.rates.size).toBe(10);
		expect(rates(list, 'Rest of Central & Eastern Europe')).toMatchObject({ marketing: 0.086 });
		expect(rates(list, 'Bangladesh')).toMatchObject({
			market: 'Bangladesh',
			authenticationInternational: 0.096,
			service: 0.0037,
		});
	});

	test('with semicolons, decimal commas and a byte order mark', async () => {
		const list = await file(`\uFEFF${germanCard}`);
		expect(list.cards[0]).toMatchObject({ currency: 'EUR', validFrom: '2026-10-01' });
		expect(rates(list, 'Germany')).toMatchObject({ marketing: 0.1131, utility: 0.0456 });
	});

	test.each([
		['UTF-16', Buffer.from(`\uFEFF${germanCard}`, 'utf16le')],
		[
			'the Western European character set',
			Buffer.from(germanCard.replaceAll('€', 'EUR'), 'latin1'),
		],
		['tabs', Buffer.from(germanCard.replaceAll(';', '\t'))],
	])('in %s', async (_, content) => {
		const list = await file(content);
		expect(rates(list, 'Indonesia')).toMatchObject({ authenticationInternational: 0.1128 });
	});

	test.each([
		['Market,Marketing\nIndonesia,"Rp1,234.50"', 1234.5],
		['Market;Marketing\nIndonesia;1.234,50', 1234.5],
		['Market,Marketing\nIndonesia,$0.0618', 0.0618],
		['Market,Marketing\nIndonesia,€ 0.0618', 0.0618],
		['Market;Marketing\nIndonesia;0,0618 €', 0.0618],
		['Market,Marketing\nIndonesia,"1,234"\nGermany,0.0618', 1234],
		['Market;Marketing\nIndonesia;1.234\nGermany;0,0618', 1234],
		['Market,Marketing\nIndonesia,8.4E-4', 0.00084],
		['Market;Marketing\nIndonesia;1,131', 1.131],
		['Market;Marketing\nIndonesia;1.984\nGermany;2.500', 1984],
		['Market;Marketing\nIndonesia;0.113\nGermany;0.045', 0.113],
		['Market;Marketing\nIndonesia;1.131\nGermany;0.045', 1.131],
		['"Market" ;Marketing\n"Indonesia" ;0,5', 0.5],
		['Rates, in USD, of 2026, as agreed\nMarket;Marketing\nIndonesia;0,5', 0.5],
		['Market,Marketing\nIndonesia,"=""0.1131"""', 0.1131],
		['Market,Marketing,Utility\nIndonesia,10%,1', null],
		['Market,Marketing,Utility\nIndonesia,11.31 ct,1', null],
	])('reads the amount in %j', async (text, marketing) => {
		expect(rates(await file(text), 'Indonesia')).toMatchObject({ marketing });
	});

	test('with several currencies gives a card for each', async () => {
		const { cards } = await file(
			'Market,Currency,Marketing\nIndia,USD,0.0118\nIndia,€,0.0098\nGermany,USD,0.1365',
		);
		expect(cards.map(({ currency, rates: { size } }) => [currency, size])).toEqual([
			['USD', 2],
			['EUR', 1],
		]);
	});

	test.each([
		['$US', 'USD'],
		['usd', 'USD'],
		['₹', 'INR'],
		['R$', 'BRL'],
		['$', '$'],
	])('takes the currency %s for %s', async (written, currency) => {
		const { cards } = await file(`Market,Currency,Marketing\nIndia,${written},1`);
		expect(cards[0]?.currency).toBe(currency);
	});

	test.each([
		['Rates (USD) effective Oct 1, 2026. Updated November 3 2026', 'rates.csv', '2026-10-01'],
		['Preisliste', 'whatsapp_rates_october_2026.xlsx', '2026-10-01'],
		['valid from 1 July 2026', 'rates.csv', '2026-07-01'],
		['Rate card', 'rates.csv', null],
	])('with the title %j in %s holds since %s', async (title, name, validFrom) => {
		const list = await file(`"${title}"\nMarket,Marketing\nIndia,1`, name);
		expect(list.cards[0]?.validFrom).toBe(validFrom);
	});

	test('in two files of one month is one too many', async () => {
		const content = Buffer.from(julyCard);
		await expect(
			readPriceFiles([
				{ content, fileName: 'a.csv' },
				{ content, fileName: 'b.csv' },
			]),
		).rejects.toThrow('"Rate Card" holds two rate cards in USD');
	});

	test.each([
		['Name,Price\nIndia,1', /has no heading with Market/],
		['Market,Marketing\nIndia,1.18 ct', /or no price below it that can be read/],
		['', /has no heading with Market/],
		['Market,Marketing\nIndia,1\nINDIA*,2', /has two prices for INDIA/],
		[Buffer.from('PK\u0003\u0004 cut off'), /cannot be read as XLSX: The file is cut off/],
		[Buffer.from([1, 0, 2, 0]), /neither text nor XLSX/],
		[xlsx([octoberRows]).subarray(0, 900), /cannot be read as XLSX/],
		// To search for the end of each row would take hours.
		[neverClosed(50_000), /cannot be read as XLSX: The file is cut off/],
	])('that cannot be used is refused (%#)', async (content, problem) => {
		await expect(file(content)).rejects.toThrow(problem);
	});
});

/** A workbook of rows that stay open. */
function neverClosed(rows: number): Buffer {
	const workbook = xlsx([Array.from({ length: rows }, () => [1])], { packed: false });
	return Buffer.from(workbook.toString('latin1').replaceAll('</row>', '<row> '), 'latin1');
}

describe('volume tiers', () => {
	test('stand in blocks side by side, with the market in its first row', async () => {
		const list = await readPriceFiles([
			{ content: Buffer.from(julyCard), fileName: 'rates.csv' },
			{ content: Buffer.from(tierCard), fileName: 'tiers.csv' },
		]);
		expect(list.cards).toHaveLength(1);
		expect(list.tierLists).toHaveLength(1);
		const [tierList] = list.tierLists;
		const tiers = tierList?.tiers;
		expect(tierList?.currency).toBe('USD');
		expect(tiers?.get('india/utility')).toEqual([
			{ from: 0, to: 250_000, rate: 0.0014 },
			{ from: 250_001, to: 1_000_000, rate: 0.0013 },
			{ from: 1_000_001, to: Infinity, rate: 0.0011 },
		]);
		expect(tiers?.get('india/authentication')).toHaveLength(2);
		expect(tiers?.get('india/authenticationInternational')?.at(-1)).toEqual({
			from: 250_001,
			to: Infinity,
			rate: 0.0289,
		});
		expect(tiers?.get('germany/utility')).toHaveLength(2);
	});

	test('may be a sheet of the same workbook', async () => {
		const rows = tierCard
			.split('\n')
			.map((line) =>
				line.replace(/"([\d,]+)"/g, (_, n: string) => n.replaceAll(',', '')).split(','),
			);
		const list = await file(xlsx([octoberRows, rows]));
		expect(list.tierLists[0]?.tiers.get('india/utility')).toHaveLength(3);
	});

	test('alone are no rate card', async () => {
		await expect(file(tierCard)).rejects.toThrow('has no heading with Market');
	});
});

describe('a rate card as items', () => {
	const market = { market: 'India', currency: 'USD', marketing: 0.0118, utility: '0.0014' };

	test.each([
		['objects', [market]],
		["n8n's items", [{ json: market }]],
		['one object', market],
		['JSON', JSON.stringify([market])],
		['CSV', 'Market,Currency,Marketing,Utility\nIndia,USD,0.0118,0.0014'],
		[
			'rows whose heading came as a row of its own',
			[
				{ 'WhatsApp rates': 'Market', _1: 'Currency', _2: 'Marketing', _3: 'Utility' },
				{ 'WhatsApp rates': 'India', _1: 'USD', _2: '0.0118', _3: '0.0014' },
			],
		],
		[
			"Meta's own headings",
			[{ Market: 'India', Currency: '$US', Marketing: '0.0118', Utility: '0.0014' }],
		],
	])('may be %s', (_, given) => {
		const list = readPrices(given);
		expect(list.cards[0]?.currency).toBe('USD');
		expect(rates(list, 'India')).toMatchObject({ marketing: 0.0118, utility: 0.0014 });
	});

	test('may have its own calling codes', () => {
		const list = readPrices([
			{ market: 'Alps', marketing: 1, callingCodes: [41, 43] },
			{ market: 'Lowlands', marketing: 1, callingCodes: '31, 32' },
		]);
		expect(rates(list, 'Alps')?.codes).toEqual(['41', '43']);
		expect(rates(list, 'Lowlands')?.codes).toEqual(['31', '32']);
	});

	test.each([
		['[{"market"', /is no valid JSON/],
		[['India'], /must be text in CSV or a list of objects/],
		[[], /has no heading with Market/],
	])('%j is refused', (given, problem) => {
		expect(() => readPrices(given)).toThrow(problem);
	});
});
