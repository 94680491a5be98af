import { formatNumber } from '../values/limits';
import { rateChangesSince } from './card/validFrom';
import type { Estimate, MarketEstimate } from './estimate';
import { freeServiceMessages, type NoPrice, type PriceRules } from './meter';

/** What the estimate was made with. */
interface Circumstances {
	rules: PriceRules;
	/** `2026-11-26`, where the account is billed. */
	today: string;
	/** Whether the state was searched for people who came through an ad. */
	knowsEntryPoints: boolean;
	/** The currency in which Meta bills the account; null if it was not asked. */
	accountCurrency: string | null;
	/** Recipients that cannot be read, and so are left out. */
	unreadable: number;
}

/** What the estimate cannot know and why, one sentence each. */
export function openQuestions(estimate: Estimate, circumstances: Circumstances): string[] {
	const { rules, knowsEntryPoints, unreadable } = circumstances;
	const { open } = estimate;
	const sentences: (string | false)[] = [
		...aboutCard(circumstances),
		...withoutPrice(estimate.markets),
		unreadable > 0 && `Left out: ${count(unreadable, 'recipient')} that cannot be read.`,
		open.withoutTier > 0 &&
			(rules.tierList === null
				? `Without Meta’s list of volume tiers, the list rate stands for ${count(open.withoutTier, 'message')}.`
				: 'How many messages this month has had is not known: the lowest cost takes the cheapest volume tier, the highest the list rate.'),
		open.perhapsFreeService > 0 &&
			`How many of the ${formatNumber(freeServiceMessages)} free service messages of each number are used this month is not known: the lowest cost takes all of them as free, the highest none.`,
		open.perhapsFreeEntry > 0 &&
			`${count(open.perhapsFreeEntry, 'recipient')} came through an ad one to four days ago. Messages to them are free if they were answered within a day.`,
		!knowsEntryPoints &&
			'Who came through an ad, and is free to answer, is not known without the state.',
		open.international > 0 &&
			`${count(open.international, 'code')} would cost more if the international rate for authentication applies to the account; the estimate assumes that it does not.`,
		open.byCountry > 0 &&
			`For ${count(open.byCountry, 'user ID')}, the country stands for the calling code that Meta bills by.`,
		'Meta charges what is delivered; the estimate assumes that every message is.',
	];
	return sentences.filter((sentence) => sentence !== false);
}

function aboutCard({ rules, today, accountCurrency }: Circumstances): (string | false)[] {
	const { card, markets } = rules;
	if (card === null) return ['Without a rate card, messages have no price.'];
	const { validFrom, currency } = card;
	const changes = validFrom === null ? [] : rateChangesSince(validFrom, today);
	return [
		validFrom === null &&
			'The rate card does not say since when it holds. Meta may change prices on the first of January, April, July and October.',
		validFrom !== null && validFrom > today && `The rate card holds only from ${validFrom}.`,
		changes.length > 0 &&
			`The rate card is of ${String(validFrom)}; Meta may have changed prices on ${changes.join(', ')}.`,
		accountCurrency !== null &&
			currency !== '' &&
			accountCurrency !== currency &&
			`Meta bills the account in ${accountCurrency}, but the rate card is in ${currency}.`,
		markets.unknown.length > 0 &&
			`The rate card has markets whose calling codes are not known: ${markets.unknown.join(', ')}.`,
	];
}

const reasons: Readonly<Record<NoPrice, (where: string, category: string) => string>> = {
	no_card: () => '',
	no_market: (market) => `the rate card has no market ${market}`,
	no_rate: (market, category) => `the rate card has no ${category} price for ${market}`,
	no_category: () => 'their category is not known',
	group: () => 'in a group, each participant counts, and their number is not known',
};

function withoutPrice(markets: readonly MarketEstimate[]): string[] {
	return markets.flatMap(({ market, category, unpriced, noPrice }) => {
		if (noPrice === null || noPrice === 'no_card') return [];
		const why = reasons[noPrice](market ?? '', category ?? '');
		return [`${count(unpriced, 'message')} without a price: ${why}.`];
	});
}

/** `1 message`, `2,000 messages` */
const count = (number: number, noun: string): string =>
	`${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`;
