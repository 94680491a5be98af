import { readPrices } from '../../../nodes/WhatsAppCloud/pricing/card/priceList';
import {
	createMarketFinder,
	marketOfCountry,
} from '../../../nodes/WhatsAppCloud/pricing/market/markets';
import { marketTable } from '../../../nodes/WhatsAppCloud/pricing/market/marketTable';
import { julyCard } from '../../fixtures/pricing/rateCards';

const finder = createMarketFinder(null);

test('no calling code stands for two markets', () => {
	const all = marketTable.flatMap(({ codes }) => codes);
	expect(new Set(all).size).toBe(all.length);
});

test.each([
	['+4915550200003', 'Germany'],
	['+15550200001', 'North America'],
	['+18095550100', 'Rest of Latin America'],
	['+18765550100', 'Rest of Latin America'],
	['+12425550100', 'Other'],
	['+79161234567', 'Russia'],
	['+77011234567', 'Kazakhstan'],
	['+8801712345678', 'Bangladesh'],
	['+97433123456', 'Qatar'],
	['+5939912345678', 'Rest of Latin America'],
	['+37060012345', 'Rest of Central & Eastern Europe'],
	['+3545551234', 'Other'],
])('%s belongs to %s', (number, market) => {
	expect(finder.find(number)).toEqual({ market, byCountry: false });
});

test.each([
	['DE.1349', 'Germany'],
	['US.ENT.1349', 'North America'],
	['DO.1349', 'Rest of Latin America'],
	['BS.1349', 'Other'],
	['KZ.1349', 'Kazakhstan'],
	['XX.1349', 'Other'],
])('the user ID %s belongs to %s by its country', (userId, market) => {
	expect(finder.find(userId)).toEqual({ market, byCountry: true });
});

test('a card of an earlier quarter has a new market in its region', () => {
	const july = createMarketFinder(readPrices(julyCard).cards[0] ?? null);
	expect(july.find('+8801712345678').market).toBe('Rest of Asia Pacific');
	expect(july.find('+77011234567').market).toBe('Other');
	// A market since July: the card lacks it by mistake.
	expect(july.find('+6581234567').market).toBe('Singapore');
});

test('a country that becomes a market later is found by its name', () => {
	const [card = null] = readPrices(
		'Market,Marketing\nPortugal,0.05\nRest of Western Europe,0.06\nAtlantis,0.07',
	).cards;
	const later = createMarketFinder(card);
	expect(later.find('+351912345678').market).toBe('Portugal');
	expect(later.find('+353861234567').market).toBe('Rest of Western Europe');
	expect(later.unknown).toEqual(['Atlantis']);
});

test("the card's own calling codes win", () => {
	const [card = null] = readPrices([{ market: 'Alps', marketing: 1, callingCodes: '41 43' }]).cards;
	expect(createMarketFinder(card).find('+41791234567').market).toBe('Alps');
});

test('the home of a business is a market, too', () => {
	expect(marketOfCountry(finder, 'in')).toBe('India');
});
