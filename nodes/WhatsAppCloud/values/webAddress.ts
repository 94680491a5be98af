import { z } from 'zod/v4';
import { readAt, readText } from './schema/reading';
import { report, step } from './schema/singleStep';
import { isNothing } from './numbers';

/** A required address with one of these schemes. */
const addressWith = (schemes: readonly string[]) =>
	step((value, context): string => {
		const address = readText(value, context)?.trim();
		if (address === undefined) return z.NEVER;
		const scheme = URL.parse(address)?.protocol;
		if (scheme !== undefined && schemes.includes(scheme)) return address;
		const beginnings = schemes.map((each) => `${each}//`).join(' or ');
		const problem = `must be a web address that begins with ${beginnings}`;
		if (address === '') report(context, [], 'is empty', 'missing');
		else report(context, [], problem, 'otherForm');
		return z.NEVER;
	});

/** An address that a browser opens. */
export const webAddress = addressWith(['https:', 'http:']);

/** The same, where Meta accepts only https. */
export const secureAddress = addressWith(['https:']);

/** A `webAddress`, or nothing. */
export const optionalWebAddress = step((value, context) =>
	isNothing(value) ? undefined : readAt(webAddress, value, [], context),
);

/** The host of an address, for messages: the rest may contain a secret. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : 'an address that cannot be read';
}
