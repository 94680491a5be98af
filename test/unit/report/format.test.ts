import {
	formatCount,
	formatDuration,
	formatRate,
	formatTime,
} from '../../../nodes/WhatsAppCloud/report/format';

test.each([
	[null, '–'],
	[0, 'under 1 s'],
	[999, '999 ms'],
	[1_000, '1 s'],
	[1_260, '1.2 s'],
	[59_999, '59.9 s'],
	[60_000, '1 min'],
	[200_000, '3 min 20 s'],
	[7_500_000, '2 h 5 min'],
	[86_400_000, '1 d'],
	[100_800_000, '1 d 4 h'],
])('%s ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([
	[null, '–'],
	[0, '0 %'],
	[1, '100 %'],
	[0.9534, '95.3 %'],
	// Must not round to all or none.
	[0.9999, '99.9 %'],
	[0.00001, '0.1 %'],
])('a rate of %s is %s', (rate, text) => expect(formatRate(rate)).toBe(text));

test('counts have commas', () => {
	expect([0, 999, 1_000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
});

test('times are those of the time zone', () => {
	const instant = Date.UTC(2026, 11, 31, 23, 5);
	expect(formatTime(instant, 'UTC')).toBe('31 Dec 2026, 23:05');
	expect(formatTime(instant, 'Asia/Kolkata')).toBe('1 Jan 2027, 04:35');
});
