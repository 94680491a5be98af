import type { Simulator } from '../simulator.ts';
import type { BusinessAccount, PhoneNumber, Template } from '../state/account.ts';
import { localDate } from '../state/local-date.ts';
import type { Pricing } from '../state/messages.ts';
import { hasInternationalRate } from './international-rates.ts';

/** From this day in the account's time zone, service and utility also cost within the window. */
const chargedSince = '2026-10-01';
/** Service messages that a number may send per month free of charge. */
const freeServiceMessages = 1000;

/** What a price depends on. */
interface Priced {
	number: PhoneNumber;
	/** The conversation: a customer's number, or a group's ID. */
	customer: string;
	isGroup: boolean;
	type: string;
	endpoint: 'messages' | 'marketing_messages';
	template: Template | null;
	/** Category that Direct Send names. */
	directCategory: string | null;
	/** The customer has written within 24 hours. */
	windowIsOpen: boolean;
}

/**
 * The pricing that a message's statuses carry; null for reactions and pins, which have no price.
 * https://developers.facebook.com/docs/whatsapp/pricing
 */
export function pricingOf(simulator: Simulator, message: Priced): Pricing | null {
	if (message.type === 'reaction' || message.type === 'pin') return null;
	const { number, customer } = message;
	const account = simulator.account.businessAccounts.get(number.businessAccountId);
	const nowMs = simulator.clock.now();
	const today = localDate(nowMs, account?.timezoneId ?? '');
	const category = categoryOf(message, account, today);
	const entry = simulator.messages.entryPoint(number.id, customer, nowMs);
	if (entry !== null) {
		return { category: 'referral_conversion', type: 'free_entry_point', billable: false, entry };
	}
	const isFree =
		today < chargedSince
			? isFreeInWindow(category, message.windowIsOpen)
			: category === 'service' && isWithinFree(simulator, number, today);
	const maximum = message.template?.['optimization_spec'];
	return {
		category: `${message.isGroup ? 'group_' : ''}${category}`,
		type: isFree ? 'free_customer_service' : 'regular',
		billable: !isFree,
		...(maximum === undefined || isFree
			? {}
			: { cost: { amount: maxPriceCost, currency: account?.currency ?? 'USD' } }),
	};
}

/** What a message with a maximum price costs; made up, like all prices here. */
const maxPriceCost = 0.0185;

function categoryOf(
	{ template, directCategory, endpoint, customer }: Priced,
	account: BusinessAccount | undefined,
	today: string,
): string {
	if (endpoint === 'marketing_messages') return 'marketing_lite';
	const category = template?.category.toLowerCase() ?? directCategory ?? 'service';
	if (category === 'service' && account?.offersGeneralPurposeAi) return 'general_purpose_ai';
	if (category === 'authentication' && account && hasInternationalRate(account, customer, today)) {
		return 'authentication_international';
	}
	return category;
}

/** The rule until September 2026: in an open window, all but marketing and codes is free. */
function isFreeInWindow(category: string, windowIsOpen: boolean): boolean {
	return category === 'service' || (category === 'utility' && windowIsOpen);
}

/** Uses one of the month's free service messages, if any are left. */
function isWithinFree(simulator: Simulator, number: PhoneNumber, today: string): boolean {
	const key = `${number.id}/${today.slice(0, 7)}`;
	const used = simulator.freeServiceMessages.get(key) ?? 0;
	if (used >= freeServiceMessages) return false;
	simulator.freeServiceMessages.set(key, used + 1);
	return true;
}
