import { endOfQuiet, zonesOf } from '../../../nodes/WhatsAppCloud/contacts/quietHours';
import type { QuietHours } from '../../../nodes/WhatsAppCloud/contacts/rules/rules';

const night: QuietHours = {
	from: 21 * 60,
	to: 8 * 60,
	days: [],
	timeZone: null,
	otherwise: 'UTC',
	appliesTo: 'marketing',
};

const germany = '+4917112345678';
const endOf = (address: string, now: string, changes: Partial<QuietHours> = {}): string | null => {
	const end = endOfQuiet({ ...night, ...changes }, address, Date.parse(now));
	return end === null ? null : new Date(end).toISOString();
};

test.each<[string, string, string, Partial<QuietHours>, string | null]>([
	['before them', germany, '2026-11-26T19:59:59Z', {}, null],
	['as they begin', germany, '2026-11-26T20:00:00Z', {}, '2026-11-27T07:00:00.000Z'],
	['after midnight', germany, '2026-11-26T23:30:00Z', {}, '2026-11-27T07:00:00.000Z'],
	['in their last minute', germany, '2026-11-27T06:59:00Z', {}, '2026-11-27T07:00:00.000Z'],
	['as they end', germany, '2026-11-27T07:00:00Z', {}, null],
	['by a user ID', 'DE.1349', '2026-11-26T23:30:00Z', {}, '2026-11-27T07:00:00.000Z'],
	[
		'in the night that summer time begins',
		germany,
		'2026-03-28T22:00:00Z',
		{},
		'2026-03-29T06:00:00.000Z',
	],
	[
		'in the hour that summer time takes',
		germany,
		'2026-03-29T01:30:00Z',
		{},
		'2026-03-29T06:00:00.000Z',
	],
	[
		'in the night that summer time ends',
		germany,
		'2026-10-24T22:00:00Z',
		{},
		'2026-10-25T07:00:00.000Z',
	],
	[
		'in the hour that there is twice',
		germany,
		'2026-10-25T01:30:00Z',
		{},
		'2026-10-25T07:00:00.000Z',
	],
	[
		'in a zone of its own',
		germany,
		'2026-11-26T12:00:00Z',
		{ timeZone: 'Pacific/Auckland' },
		'2026-11-26T19:00:00.000Z',
	],
	['in an unknown country', '+999123456', '2026-11-26T22:00:00Z', {}, '2026-11-27T08:00:00.000Z'],
	// 16:00 in New York is 11:00 in Honolulu; at 23:00 UTC it is 18:00 and 13:00.
	['where all zones are awake', '+12125551234', '2026-11-26T23:00:00Z', {}, null],
	// 22:00 in New York; Honolulu wakes last, at 8:00, which is 18:00 UTC.
	[
		'where the first zone sleeps',
		'+12125551234',
		'2026-11-27T03:00:00Z',
		{},
		'2026-11-27T18:00:00.000Z',
	],
	[
		'where only the last zone sleeps',
		'+15551234567',
		'2026-11-26T16:00:00Z',
		{},
		'2026-11-26T18:00:00.000Z',
	],
	['on a day that has none', germany, '2026-11-26T22:00:00Z', { days: [6] }, null],
	// A Saturday.
	[
		'after midnight of their day',
		germany,
		'2026-11-28T23:30:00Z',
		{ days: [6] },
		'2026-11-29T07:00:00.000Z',
	],
	['until midnight', germany, '2026-11-26T22:30:00Z', { to: 24 * 60 }, '2026-11-26T23:00:00.000Z'],
	[
		'during the day',
		germany,
		'2026-11-26T12:00:00Z',
		{ from: 720, to: 840 },
		'2026-11-26T13:00:00.000Z',
	],
])('%s', (_, address, now, changes, end) => expect(endOf(address, now, changes)).toBe(end));

test('the same minute is asked once, another one anew', () => {
	expect(endOf(germany, '2026-11-26T20:00:10Z')).toBe('2026-11-27T07:00:00.000Z');
	expect(endOf(germany, '2026-11-26T20:00:50Z')).toBe('2026-11-27T07:00:00.000Z');
	expect(endOf(germany, '2026-11-27T07:00:10Z')).toBeNull();
});

test('a time zone that this machine does not know is an error', () => {
	expect(() => endOf(germany, '2026-11-26T20:00:00Z', { timeZone: 'Mars/Base' })).toThrow(
		RangeError,
	);
});

test.each([
	[germany, 1],
	['+999123456', 0],
	['ZZ.1', 0],
])('%s has %d kinds of time', (address, count) => {
	expect(zonesOf(address)).toHaveLength(count);
});

test.each(['+12125551234', '+15551234567', 'US.1349'])(
	'%s may be anywhere in a country',
	(address) => {
		const zones = zonesOf(address);
		// As many as the machine's time zone data tells apart.
		expect(zones.length).toBeGreaterThanOrEqual(6);
		expect(new Set(zones).size).toBe(zones.length);
	},
);
