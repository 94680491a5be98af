import { wallTimeOf } from './zonedTime';

/** Hours of the week in a time zone, or all that lies outside them. */
export type OpeningHours = {
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
};

const MINUTES_PER_DAY = 24 * 60;

/** Whether an instant lies within the hours as configured, daylight saving time included. */
export function isWithinHours(hours: OpeningHours, instantMs: number): boolean {
	return isOpen(hours, instantMs) !== hours.outside;
}

function isOpen(hours: OpeningHours, instantMs: number): boolean {
	const { weekday, minute } = localTime(hours.timeZone, instantMs);
	const { fromMinute, toMinute } = hours;
	const isDay = (day: number) => hours.weekdays.size === 0 || hours.weekdays.has((day + 7) % 7);
	if (fromMinute < toMinute) return isDay(weekday) && minute >= fromMinute && minute < toMinute;
	// The hours go past midnight: the early part belongs to the day before.
	return (isDay(weekday) && minute >= fromMinute) || (isDay(weekday - 1) && minute < toMinute);
}

function localTime(timeZone: string, instantMs: number): { weekday: number; minute: number } {
	const { year, month, day, hour, minute } = wallTimeOf(instantMs, timeZone);
	return {
		weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
		minute: hour * 60 + minute,
	};
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
export function isTimeZone(timeZone: string): boolean {
	try {
		wallTimeOf(0, timeZone);
		return true;
	} catch {
		return false;
	}
}
