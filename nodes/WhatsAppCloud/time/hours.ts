import { DateTime, IANAZone } from 'luxon';

/** Hours of the week in a time zone, or all that lies outside them. */
export interface OpeningHours {
	/** `true`: only outside the hours. */
	outside: boolean;
	/** Minutes since midnight. */
	fromMinute: number;
	/** Minutes since midnight, not included; at or before `fromMinute` it is on the next day. */
	toMinute: number;
	/** 0 is Sunday; empty means every day. The day is the one on which the hours begin. */
	weekdays: ReadonlySet<number>;
	/** IANA name, such as `Europe/Berlin`. */
	timeZone: string;
}

const MINUTES_PER_DAY = 24 * 60;

/**
 * Whether an instant lies within the hours as configured, daylight saving time included.
 *
 * @throws RangeError where this machine does not know the time zone
 */
export function isWithinHours(hours: OpeningHours, instantMs: number): boolean {
	return isOpen(hours, instantMs) !== hours.outside;
}

function isOpen(hours: OpeningHours, instantMs: number): boolean {
	const local = DateTime.fromMillis(instantMs, { zone: hours.timeZone });
	// Hours in a zone that nobody knows would else never open, and nobody would hear of it.
	if (!local.isValid) throw new RangeError(`This machine knows no time zone "${hours.timeZone}"`);
	const minute = local.hour * 60 + local.minute;
	const { fromMinute, toMinute } = hours;
	// Luxon counts Sunday as 7.
	const isDay = (day: number) => hours.weekdays.size === 0 || hours.weekdays.has((day + 7) % 7);
	if (fromMinute < toMinute)
		return isDay(local.weekday) && minute >= fromMinute && minute < toMinute;
	// The hours go past midnight: the early part belongs to the day before.
	const isEvening = isDay(local.weekday) && minute >= fromMinute;
	return isEvening || (isDay(local.weekday - 1) && minute < toMinute);
}

/**
 * Minutes since midnight of a time such as `9:00`, `17:30` or `24:00`; `null` for what is none.
 */
export function parseTimeOfDay(text: string): number | null {
	const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
	if (match === null) return null;
	const minute = Number(match[1]) * 60 + Number(match[2] ?? 0);
	return Number(match[2] ?? 0) > 59 || minute > MINUTES_PER_DAY ? null : minute;
}

/** Whether this machine knows the time zone. */
export const isTimeZone = (timeZone: string): boolean => IANAZone.isValidZone(timeZone);
