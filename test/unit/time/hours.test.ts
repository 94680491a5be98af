import {
	isTimeZone,
	isWithinHours,
	parseTimeOfDay,
	type OpeningHours,
} from '../../../nodes/WhatsAppCloud/time/hours';

const office: OpeningHours = {
	outside: false,
	fromMinute: 9 * 60,
	toMinute: 17 * 60,
	weekdays: new Set([1, 2, 3, 4, 5]),
	timeZone: 'Europe/Berlin',
};
const night: OpeningHours = { ...office, fromMinute: 22 * 60, toMinute: 6 * 60 };

describe('hours', () => {
	it.each<[string, OpeningHours, string, boolean]>([
		['opens on the minute', office, '2026-11-02T08:00:00Z', true],
		['is closed a minute before', office, '2026-11-02T07:59:59Z', false],
		['closes on the minute', office, '2026-11-02T16:00:00Z', false],
		['is open a minute before', office, '2026-11-02T15:59:59Z', true],
		['follows daylight saving time', office, '2026-07-06T07:00:00Z', true],
		['is closed on Sunday', office, '2026-11-01T12:00:00Z', false],
		['takes the weekday of the time zone', office, '2026-11-01T23:30:00Z', false],
		['goes past midnight: before', night, '2026-11-02T22:00:00Z', true],
		['goes past midnight: after, on the next day', night, '2026-11-07T04:00:00Z', true],
		['goes past midnight: not from a day without', night, '2026-11-02T04:00:00Z', false],
		['goes past midnight: closed at noon', night, '2026-11-02T12:00:00Z', false],
		[
			'is the whole day from 0 to 24',
			{ ...office, fromMinute: 0, toMinute: 1440 },
			'2026-11-02T22:59:00Z',
			true,
		],
		[
			'is every day without weekdays',
			{ ...office, weekdays: new Set() },
			'2026-11-01T12:00:00Z',
			true,
		],
		['turns round for outside', { ...office, outside: true }, '2026-11-02T08:00:00Z', false],
		[
			'turns round for outside: at night',
			{ ...office, outside: true },
			'2026-11-02T03:00:00Z',
			true,
		],
		[
			'knows half hours of offset',
			{ ...office, timeZone: 'Asia/Kolkata' },
			'2026-11-02T03:30:00Z',
			true,
		],
	])('%s', (_, hours, instant, expected) => {
		expect(isWithinHours(hours, Date.parse(instant))).toBe(expected);
	});
});

describe('a time of day', () => {
	it.each([
		['9:00', 540],
		['09:30', 570],
		['0:00', 0],
		['24:00', 1440],
		[' 17 ', 1020],
		['24:01', null],
		['9:60', null],
		['9.30', null],
		['9:5', null],
		['', null],
		['noon', null],
		['-1:00', null],
	])('%j is %j', (text, minute) => {
		expect(parseTimeOfDay(text)).toBe(minute);
	});
});

it.each([
	['Europe/Berlin', true],
	['UTC', true],
	['Mars/Base', false],
	['', false],
])('time zone %j is known: %j', (timeZone, known) => {
	expect(isTimeZone(timeZone)).toBe(known);
});
