import {
	Metadata,
	getCountries,
	isSupportedCountry,
	parsePhoneNumberFromString,
	validatePhoneNumberLength,
	getCountryCallingCode,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/min';
import { westernDigit } from './numbers';
import { FieldProblem, underField } from './problem';

/** Who a message goes to, in the API's form. */
export type Recipient =
	/** A phone number, always `+` and digits: without the plus, Meta adds the sender's country. */
	| { to: string }
	/** A business-scoped user ID, which has its own field in the API. */
	| { recipient: string }
	/** A group. */
	| { to: string; recipient_type: 'group' };

/** The bare number, user ID or group ID, which identifies the recipient within the account. */
export const recipientAddress = (recipient: Recipient): string =>
	'recipient' in recipient ? recipient.recipient : recipient.to;

/** Whether a message goes to a group. */
export const isGroup = (recipient: Recipient): boolean => 'recipient_type' in recipient;

/** The recipient cannot be read. `problem` completes the sentence `"Recipient" …`. */
const unreadable = (problem: string, advice: string): FieldProblem =>
	new FieldProblem('Recipient', problem, advice);

/**
 * `US.13491208655302741918`, or `US.ENT.…` for an ID shared by linked business portfolios.
 * https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
 */
const userIdPattern = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9_]{1,128}$/;

/** E.164 allows 15 digits with the country code; no country uses fewer than 7. */
const maxDigits = 15;
const minDigits = 7;

/** Local numbers of most countries have ten digits or fewer. */
const maxLocalDigits = 10;

const writeItInFull = 'Write it with + and the country code, for example +1 555 123 4567.';

/**
 * Reads a recipient in any notation people use.
 *
 * @param input a phone number (`+1 (555) 123-4567`, `0049…`, local, a `wa_id`) or a user ID
 * @param defaultCountry ISO code for local numbers; empty if there is none
 * @throws FieldProblem if it is empty, unreadable, too short, too long or ambiguous
 */
export function parseRecipient(input: string, defaultCountry: string): Recipient {
	const written = input
		// Copied numbers may contain invisible direction marks.
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^(whatsapp|tel):/i, '')
		.replace(/@(c\.us|s\.whatsapp\.net)$/, '');
	if (written === '')
		throw unreadable(
			'is empty',
			'Enter a phone number or a user ID. If an expression stands here, the item lacks that value.',
		);
	if (userIdPattern.test(written)) return { recipient: written };
	return { to: parsePhone(written, defaultCountry) };
}

/**
 * Reads a person whom another field than Recipient names.
 *
 * @param label of that field
 * @throws FieldProblem that names it
 */
export function parsePerson(input: string, defaultCountry: string, label: string): Recipient {
	return underField(label, () => parseRecipient(input, defaultCountry));
}

/**
 * Reads a group's ID, which is opaque and used as is.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/groups
 *
 * @throws FieldProblem if it is empty
 */
export function parseGroup(input: string): Recipient {
	const id = input.trim();
	if (id === '') throw unreadable('is empty', 'Enter the ID of the group.');
	return { to: id, recipient_type: 'group' };
}

function parsePhone(written: string, defaultCountry: string): string {
	const number = written
		// Some countries put a zero in brackets; it is dropped after the country code.
		.replace(/\(0\)/, '')
		.replace(/^\((\+\d+)\)/, '$1')
		.normalize('NFKC')
		.replace(/\p{Nd}/gu, westernDigit);
	if (!/^\+?[\d\s().\-/\u2010-\u2015]+$/.test(number)) {
		throw unreadable(
			`"${shorten(written)}" is neither a phone number nor a user ID`,
			writeItInFull,
		);
	}
	const digits = number.replace(/\D/g, '');
	if (number.startsWith('+')) return international(digits.replace(/^00/, ''), written);
	if (digits.startsWith('00')) return international(digits.slice(2), written);
	const full = withoutPlus(digits, written, countryOrNone(defaultCountry));
	// The library has no limit that applies to all countries.
	const length = full.length - '+'.length;
	if (length < minDigits || length > maxDigits) throw wrongLength(written, digits);
	return full;
}

function international(digits: string, written: string): string {
	if (digits.length < minDigits || digits.length > maxDigits) throw wrongLength(written, digits);
	if (hasTrunkZero(digits)) {
		// Drops the zero of local numbers, unless it is part of the number, as in Italy.
		const parsed = parsePhoneNumberFromString(`+${digits}`);
		if (parsed?.isPossible()) return parsed.number;
		throw wrongLength(written, digits);
	}
	if (hasUsualLength(digits) || oldMexicanMobile.test(digits)) return `+${digits}`;
	const problem = validatePhoneNumberLength(`+${digits}`);
	// If the library does not know the country code yet, Meta decides.
	if (problem !== undefined && problem !== 'INVALID_COUNTRY') throw wrongLength(written, digits);
	return `+${digits}`;
}

/** Lengths of the numbers after each calling code, across all countries that share it. */
const lengthsByCallingCode = new Map<string, Set<number>>();
const metadata = new Metadata();
for (const country of getCountries()) {
	metadata.selectNumberingPlan(country);
	const code = getCountryCallingCode(country);
	const lengths = lengthsByCallingCode.get(code) ?? new Set();
	for (const length of metadata.numberingPlan?.possibleLengths() ?? []) lengths.add(length);
	lengthsByCallingCode.set(code, lengths);
}

/** Whether a zero follows the calling code. */
function hasTrunkZero(digits: string): boolean {
	return [1, 2, 3].some(
		(length) => lengthsByCallingCode.has(digits.slice(0, length)) && digits[length] === '0',
	);
}

/** Checks the length alone, a hundred times faster than the library's full check. */
function hasUsualLength(digits: string): boolean {
	return [1, 2, 3].some((length) =>
		lengthsByCallingCode.get(digits.slice(0, length))?.has(digits.length - length),
	);
}

/** WhatsApp still writes Mexican mobile numbers with the 1 abolished in 2019. */
const oldMexicanMobile = /^521\d{10}$/;

/**
 * Bare digits are either a `wa_id` (with country code, as in webhooks) or a local number. Messaging
 * the wrong person is worse than asking, so digits that could be either are rejected.
 */
function withoutPlus(digits: string, written: string, country: CountryCode | undefined): string {
	if (digits.length < minDigits - 2 || digits.length > maxDigits)
		throw wrongLength(written, digits);
	if (oldMexicanMobile.test(digits)) return `+${digits}`;
	const local = country && parsePhoneNumberFromString(digits, country);
	const full = digits.startsWith('0') ? undefined : parsePhoneNumberFromString(`+${digits}`);

	if (!country) {
		if (digits.length < minDigits) throw wrongLength(written, digits);
		if (full && isWrittenInFull(full, written)) return `+${digits}`;
		throw unreadable(
			`"${shorten(written)}" has no country code`,
			'Write it with + and the country code, for example +1 555 123 4567, or set Default Country in the credential.',
		);
	}
	if (!local) {
		if (full?.isPossible()) return `+${digits}`;
		throw unreadable(`"${shorten(written)}" has no country code`, writeItInFull);
	}
	const isOwnCountry = digits.startsWith(getCountryCallingCode(country));
	const isLocal = local.isValid();
	const isFull = full?.isValid() === true;
	if (isLocal && isFull && !isOwnCountry) {
		throw unreadable(
			`"${shorten(written)}" could be the local number ${local.number} or the full number +${digits}`,
			writeItInFull,
		);
	}
	if (isFull) return `+${digits}`;
	if (isLocal) return local.number;
	// Neither is known to be in use. If local numbers begin with 0, one without it is a full number.
	const localBeginsWithZero = local.formatNational().startsWith('0');
	const candidates = localBeginsWithZero ? [full, local] : [local, full];
	const possible = candidates.find((candidate) => candidate?.isPossible());
	if (possible) return possible === full ? `+${digits}` : local.number;
	throw wrongLength(written, digits);
}

/**
 * Whether digits begin with a country code, as those of a `wa_id` do, where no default country says
 * so: 202 555 0143 of Washington could be a number in Egypt, +20 25550143, but none that is in use. A
 * longer one that the library does not know is left to Meta, since countries hand out new ranges.
 */
const isWrittenInFull = (full: PhoneNumber, written: string): boolean =>
	!written.startsWith('(') &&
	(full.isValid() || (full.number.length - '+'.length > maxLocalDigits && full.isPossible()));

function countryOrNone(code: string): CountryCode | undefined {
	if (code === '') return undefined;
	if (isSupportedCountry(code)) return code;
	throw unreadable(
		`cannot be read, because the credential's Default Country "${code}" is no known country`,
		'Correct Default Country in the credential: a two-letter ISO code such as US or DE.',
	);
}

function wrongLength(written: string, digits: string): FieldProblem {
	return unreadable(
		`"${shorten(written)}" is no phone number: ${digits.length} digits do not fit its country`,
		writeItInFull,
	);
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * A full number as Meta asks for it when it is added: the calling code and the rest.
 *
 * @param number `+` and digits
 * @returns undefined if its calling code is not known
 */
export function callingCodeAndRest(
	number: string,
): { callingCode: string; rest: string } | undefined {
	const parsed = parsePhoneNumberFromString(number);
	return parsed && { callingCode: parsed.countryCallingCode, rest: parsed.nationalNumber };
}
