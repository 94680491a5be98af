import { DateTime, IANAZone } from 'luxon';

/** Hours of the week in a time zone, or everything outside them. */
export interface OpeningHours {
	/** `true`: only outside the hours. */
	outside: boolean;
	/** Minutes since midnight. */
	fromMinute: number;
	/** Minutes since midnight, exclusive; at or before `fromMinute`, it is on the next day. */
	toMinute: number;
	/** 0 is Sunday; empty means every day. Refers to the day on which the hours begin. */
	weekdays: ReadonlySet<number>;
	/** IANA name, such as `Europe/Berlin`. */
	timeZone: string;
}

const MINUTES_PER_DAY = 24 * 60;

/**
 * Whether an instant is within the hours as configured, allowing for daylight saving time.
 *
 * @throws RangeError if this machine does not know the time zone
 */
export function isWithinHours(hours: OpeningHours, instantMs: number): boolean {
	return isOpen(hours, instantMs) !== hours.outside;
}

function isOpen(hours: OpeningHours, instantMs: number): boolean {
	const local = DateTime.fromMillis(instantMs, { zone: hours.timeZone });
	// Otherwise hours in an unknown zone would never open, and nobody would notice.
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
 * Minutes since midnight for a time such as `9:00`, `17:30` or `24:00`; `null` if it is not a time.
 */
export function parseTimeOfDay(text: string): number | null {
	const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
	if (match === null) return null;
	const minute = Number(match[1]) * 60 + Number(match[2] ?? 0);
	return Number(match[2] ?? 0) > 59 || minute > MINUTES_PER_DAY ? null : minute;
}

/** Whether this machine knows the time zone. */
export const isTimeZone = (timeZone: string): boolean => IANAZone.isValidZone(timeZone);

/**
 * When a time of day comes next in a time zone, after an instant.
 *
 * @param minute minutes since midnight, up to 24 hours
 */
export function timeOfDayAfter(minute: number, timeZone: string, instantMs: number): number {
	const local = DateTime.fromMillis(instantMs, { zone: timeZone });
	const inDays = (days: number): number =>
		local
			.startOf('day')
			.plus({ days })
			.set({ hour: Math.floor(minute / 60), minute: minute % 60 })
			.toMillis();
	const today = inDays(0);
	return today > instantMs ? today : inDays(1);
}
