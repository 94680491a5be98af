/**
 * The open conversations in the address of the page:
 * `#customer=<waId>&number=<phoneNumberId>`, once per conversation; `&bare=1` shows nothing else.
 */

import type { ConversationKey } from '../data/store.ts';

interface PageAddress {
	open: ConversationKey[];
	/** Number to list where no conversation is named. */
	phoneNumberId: string;
	bare: boolean;
}

/** Reads the part of the address after `#`; a missing number becomes `defaultNumber`. */
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

/** The address for these conversations, with its `#`; '' for none. */
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
