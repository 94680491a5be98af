import { FieldProblem } from '../../values/problem';
import type { PriceList } from './priceList';
import type { RateCard } from './rateCard';
import type { TierList } from './tierList';

/**
 * Chooses the rate card of one currency, and the volume tiers in it.
 *
 * @param wanted the currency that the user has chosen, if any
 * @param ofAccount the currency in which Meta bills the account, if it is known
 * @throws FieldProblem if the list has several currencies and it is open which one counts
 */
export function chosenCard(
	{ cards, tierLists }: PriceList,
	wanted: string | undefined,
	ofAccount: string | null,
): { card: RateCard; tierList: TierList | null } {
	const names = cards.map(({ currency }) => (currency === '' ? 'an unnamed one' : currency));
	const only = cards.length === 1 ? cards[0] : undefined;
	const card =
		wanted === undefined
			? (only ?? cards.find(({ currency }) => currency === ofAccount))
			: (cards.find(({ currency }) => currency === wanted.toUpperCase()) ??
				(only?.currency === '' ? only : undefined));
	if (card === undefined) {
		throw new FieldProblem(
			'Currency',
			wanted === undefined
				? `is empty, but the rate card has prices in ${names.join(', ')}`
				: `is ${wanted}, but the rate card has prices in ${names.join(', ')}`,
			'Enter the currency in which Meta bills the account.',
		);
	}
	const tierList =
		tierLists.find(({ currency }) => currency === card.currency) ??
		(tierLists.length === 1 && tierLists[0]?.currency === '' ? tierLists[0] : null);
	return { card, tierList };
}
