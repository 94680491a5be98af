/**
 * The open conversations in the page's URL: `#customer=<waId>&number=<phoneNumberId>`, once per
 * conversation; `&bare=1` hides everything else.
 */

import type { ConversationKey } from '../data/store.ts';

interface PageAddress {
	open: ConversationKey[];
	/** Number to list if no conversation is named. */
	phoneNumberId: string;
	bare: boolean;
}

/** Reads the URL's fragment; a missing number becomes `defaultNumber`. */
export function readAddress(hash: string, defaultNumber: string): PageAddress {
	const parameters = new URLSearchParams(hash.replace(/^#/, ''));
	const numbers = parameters.getAll('number');
	const open = parameters.getAll('customer').map((customer, index) => ({
		customer: customer.replace(/^\+/, ''),
		phoneNumberId: numbers[index] ?? numbers[0] ?? defaultNumber,
	}));
	return {
		open,
		phoneNumberId: numbers[0] ?? defaultNumber,
		bare: parameters.get('bare') === '1',
	};
}

/** The fragment for these conversations, including `#`; '' for none. */
export function writeAddress(open: ConversationKey[], bare: boolean): string {
	const parameters = new URLSearchParams();
	for (const { customer, phoneNumberId } of open) {
		parameters.append('customer', customer);
		parameters.append('number', phoneNumberId);
	}
	if (bare) parameters.set('bare', '1');
	const text = parameters.toString();
	return text === '' ? '' : `#${text}`;
}
