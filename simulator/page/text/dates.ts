/** Times as a phone shows them, in the reader's time zone and language. */

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, {
	day: '2-digit',
	month: '2-digit',
	year: '2-digit',
});
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const dayMs = 86_400_000;

function startOfDay(ms: number): number {
	const date = new Date(ms);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Calendar days between two moments, not periods of 24 hours. */
function daysBefore(ms: number, nowMs: number): number {
	return Math.round((startOfDay(nowMs) - startOfDay(ms)) / dayMs);
}

/** `14:03`. */
export function clockTime(ms: number): string {
	return clock.format(ms);
}

/** Date and time to the second. */
export function exactTime(ms: number): string {
	return exact.format(ms);
}

/** Key of the calendar day. */
export function dayKey(ms: number): string {
	return String(startOfDay(ms));
}

/** `Today`, `Yesterday`, the weekday within the last week, otherwise the date. */
export function dayName(ms: number, nowMs: number): string {
	const days = daysBefore(ms, nowMs);
	if (days === 0) return 'Today';
	if (days === 1) return 'Yesterday';
	return days > 1 && days < 7 ? weekday.format(ms) : day.format(ms);
}

/** The time today, otherwise the day, for the list of conversations. */
export function listTime(ms: number, nowMs: number): string {
	const days = daysBefore(ms, nowMs);
	if (days === 0) return clockTime(ms);
	if (days === 1) return 'Yesterday';
	return days > 1 && days < 7 ? weekday.format(ms) : shortDay.format(ms);
}

/** Seconds as `1:05`; `0:00` if the length is unknown. */
export function playTime(seconds: number): string {
	const whole = Number.isFinite(seconds) ? Math.round(seconds) : 0;
	return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
