import { DateTime } from 'luxon';
import { dayMs, hourMs, minuteMs, secondMs } from '../time/durations';

/** 12345 → `12,345`, the same on every machine. */
export function formatCount(value: number): string {
	return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** 0.9534 → `95.3 %`; a dash for null. Only exactly 0 and 1 show as 0 % and 100 %. */
export function formatRate(rate: number | null): string {
	if (rate === null) return '–';
	if (rate === 0 || rate === 1) return `${rate * 100} %`;
	return `${Math.min(99.9, Math.max(0.1, rate * 100)).toFixed(1)} %`;
}

/**
 * `under 1 s` for zero, since Meta's times have whole seconds; `350 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`;
 * a dash for none.
 */
export function formatDuration(ms: number | null): string {
	if (ms === null) return '–';
	if (ms === 0) return 'under 1 s';
	if (ms < secondMs) return `${Math.round(ms)} ms`;
	if (ms < minuteMs) return `${trimmed(Math.floor(ms / 100) / 10)} s`;
	if (ms < hourMs) return inTwo(ms, minuteMs, 'min', secondMs, 's');
	if (ms < dayMs) return inTwo(ms, hourMs, 'h', minuteMs, 'min');
	return inTwo(ms, dayMs, 'd', hourMs, 'h');
}

const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

function inTwo(ms: number, large: number, largeUnit: string, small: number, unit: string): string {
	const rest = Math.floor((ms % large) / small);
	const whole = `${Math.floor(ms / large)} ${largeUnit}`;
	return rest === 0 ? whole : `${whole} ${rest} ${unit}`;
}

const monthNames = [
	'Jan',
	'Feb',
	'Mar',
	'Apr',
	'May',
	'Jun',
	'Jul',
	'Aug',
	'Sep',
	'Oct',
	'Nov',
	'Dec',
] as const;

/** `Dec` for 12. */
export const monthName = (month: number): string => monthNames[month - 1] ?? '';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `31 Dec 2026, 18:05` */
export function formatTime(instantMs: number, timeZone: string): string {
	const { year, month, day, hour, minute } = DateTime.fromMillis(instantMs, { zone: timeZone });
	return `${day} ${monthName(month)} ${year}, ${formatHour(hour, minute)}`;
}

/** `18:05` */
export const formatHour = (hour: number, minute = 0): string =>
	`${twoDigits(hour)}:${twoDigits(minute)}`;
