import { z } from 'zod/v4';
import { readAt, report, textual } from './limits';
import { isNothing } from './numbers';

/** A required address with one of these schemes. */
const addressWith = (schemes: readonly string[]) =>
	textual
		.transform((text) => text.trim())
		.check((context) => {
			const { value } = context;
			if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return;
			const beginnings = schemes.map((scheme) => `${scheme}//`).join(' or ');
			const problem = `must be a web address that begins with ${beginnings}`;
			if (value === '') report(context, [], 'is empty', 'missing');
			else report(context, [], problem, 'otherForm');
		});

/** An address that a browser opens. */
export const webAddress = addressWith(['https:', 'http:']);

/** The same, where Meta accepts only https. */
export const secureAddress = addressWith(['https:']);

/** A `webAddress`, or nothing. */
export const optionalWebAddress = z.transform((value: unknown, context) =>
	isNothing(value) ? undefined : readAt(webAddress, value, [], context),
);

/** The host of an address, for messages: the rest may contain a secret. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : 'an address that cannot be read';
}
