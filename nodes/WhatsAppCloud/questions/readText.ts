import { DateTime } from 'luxon';
import { z } from 'zod/v4';

import { westernDigit } from '../values/numbers';
import { parseRecipient } from '../values/recipient';
import { matchOption, plain } from './matchOption';
import type { DateOrder, TextFormat } from './question';

/** A written answer as data, or why it is none. */
export type ReadText = { value: unknown } | { reason: string };

/** Patterns come from the workflow and texts from strangers: a long text could take for ever. */
const mostPatternCharacters = 500;

/**
 * Checks a written answer and reads it in the notations that people use: digits of any script,
 * decimal commas, local phone numbers, days with points or slashes.
 */
export function readText(text: string, wanted: TextFormat): ReadText {
	const written = text.trim();
	switch (wanted.format) {
		case 'any':
			return written === '' ? { reason: 'is empty' } : { value: text };
		case 'number':
			return readNumber(written, wanted);
		case 'email': {
			const address = written.replace(/^mailto:/i, '');
			return z.email().safeParse(address).success
				? { value: address }
				: { reason: 'is no e-mail address' };
		}
		case 'date':
			return readDate(written, wanted);
		case 'phone':
			return readPhone(written, wanted.defaultCountry);
		case 'oneOf': {
			const { values } = wanted;
			const index = matchOption(
				written,
				values.map((title) => ({ id: title, title })),
			);
			return index === null
				? { reason: `is none of ${values.join(', ')}` }
				: { value: values[index] };
		}
		case 'pattern': {
			if (written.length > mostPatternCharacters) {
				return { reason: `has more than ${mostPatternCharacters} characters` };
			}
			const pattern = new RegExp(wanted.pattern, wanted.ignoresCase ? 'iu' : 'u');
			return pattern.test(written) ? { value: written } : { reason: 'does not fit the pattern' };
		}
	}
}

function readNumber(
	written: string,
	{ min, max, isWhole }: Extract<TextFormat, { format: 'number' }>,
): ReadText {
	const value = parseNumber(written);
	if (value === null) return { reason: 'is no number' };
	if (value === 'ambiguous') {
		return { reason: 'can be read with a decimal or with a thousands separator' };
	}
	if (isWhole && !Number.isInteger(value)) return { reason: 'is no whole number' };
	if (min !== null && value < min) return { reason: `is less than ${min}` };
	if (max !== null && value > max) return { reason: `is more than ${max}` };
	return { value };
}

/** Separators between thousands: points, commas, spaces of all kinds, apostrophes. */
const grouped = /^\d{1,3}([., \u00a0\u202f'’])\d{3}(?:\1\d{3})*$/u;

function parseNumber(written: string): number | 'ambiguous' | null {
	const text = written
		.normalize('NFKC')
		.replace(/\p{Nd}/gu, westernDigit)
		.replace(/٫/g, '.')
		.replace(/٬/g, ',')
		.replace(/[−–]/g, '-');
	const [, sign = '', digits = ''] = /^([+-]?)\s*(\d[\d., \u00a0\u202f'’]*)$/u.exec(text) ?? [];
	if (digits === '') return null;
	const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	const decimals = lastMark === -1 ? '' : digits.slice(lastMark + 1);
	const whole = lastMark === -1 ? digits : digits.slice(0, lastMark);
	if (grouped.test(digits)) {
		const [, mark = ''] = grouped.exec(digits) ?? [];
		const isOnce = digits.split(mark).length === 2;
		// "0.500" cannot be five hundred.
		if (isOnce && (mark === '.' || mark === ',') && !digits.startsWith('0')) return 'ambiguous';
		if (!isOnce || (mark !== '.' && mark !== ',')) return Number(sign + digits.replace(/\D/g, ''));
	}
	if (!/^\d*$/.test(decimals) || decimals.includes(' ')) return null;
	if (!/^\d+$/.test(whole) && !grouped.test(whole)) return null;
	return Number(`${sign}${whole.replace(/\D/g, '')}.${decimals === '' ? '0' : decimals}`);
}

/** Formats of luxon, whose months are read in English. */
const writtenMonths = ['d MMM yyyy', 'd MMMM yyyy', 'MMM d yyyy', 'MMMM d yyyy'];

const numericDates: Record<DateOrder, readonly string[]> = {
	dayFirst: ['d M yyyy', 'd M yy'],
	monthFirst: ['M d yyyy', 'M d yy'],
};

function readDate(
	written: string,
	{ order, earliest, latest }: Extract<TextFormat, { format: 'date' }>,
): ReadText {
	const words = plain(written).replace(/(\d)(st|nd|rd|th)\b/g, '$1');
	const formats = ['yyyy M d', ...numericDates[order], ...writtenMonths];
	const day = formats
		.map((format) => DateTime.fromFormat(words, format, { zone: 'utc', locale: 'en' }))
		.find(({ isValid }) => isValid);
	const date = day?.toISODate() ?? null;
	if (date === null) return { reason: 'is no date' };
	if (earliest !== null && date < earliest) return { reason: `is before ${earliest}` };
	if (latest !== null && date > latest) return { reason: `is after ${latest}` };
	return { value: date };
}

function readPhone(written: string, defaultCountry: string): ReadText {
	try {
		const recipient = parseRecipient(written, defaultCountry);
		return 'to' in recipient ? { value: recipient.to } : { reason: 'is no phone number' };
	} catch {
		// Nothing else is thrown there.
		return { reason: 'is no phone number' };
	}
}
