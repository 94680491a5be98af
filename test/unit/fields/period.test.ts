import { z } from 'zod/v4';
import { periodShape, resolvePeriod } from '../../../nodes/WhatsAppCloud/fields/period';

const schema = z.object(periodShape);
const now = Date.parse('2026-03-31T22:30:00Z');
const timeZone = 'Europe/Berlin'; // 00:30 on 1 April there

const resolve = (values: Record<string, unknown>) => {
	const { from, to } = resolvePeriod(schema.parse(values), now, timeZone);
	return [from === null ? null : new Date(from).toISOString(), new Date(to).toISOString()];
};
const nowText = new Date(now).toISOString();

test.each([
	['all', null, nowText],
	['last24Hours', '2026-03-30T22:30:00.000Z', nowText],
	['today', '2026-03-31T22:00:00.000Z', nowText],
	['yesterday', '2026-03-30T22:00:00.000Z', '2026-03-31T22:00:00.000Z'],
	['last7Days', '2026-03-25T23:00:00.000Z', nowText],
	['last30Days', '2026-03-02T23:00:00.000Z', nowText],
	['thisMonth', '2026-03-31T22:00:00.000Z', nowText],
	['lastMonth', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
])('%s', (period, from, to) => expect(resolve({ period })).toEqual([from, to]));

test.each([
	['the date picker', '2026-01-02T03:04:05', '2026-01-02T02:04:05.000Z'],
	['a date', '2026-01-02', '2026-01-01T23:00:00.000Z'],
	['a time with its zone', '2026-01-02T03:04:05-08:00', '2026-01-02T11:04:05.000Z'],
	['seconds', 1_767_323_045, '2026-01-02T03:04:05.000Z'],
	['a Luxon time', { toISO: () => '2026-01-02T03:04:05.000+01:00' }, '2026-01-02T02:04:05.000Z'],
])('From by %s', (_, from, expected) =>
	expect(resolve({ period: 'custom', from })).toEqual([expected, nowText]),
);

test('an empty From has no beginning', () => {
	expect(resolve({ period: 'custom', from: '', to: '2026-01-01' })).toEqual([
		null,
		'2025-12-31T23:00:00.000Z',
	]);
});

test.each(['2026-02-30', '2026-13-01', '2026-01-01T25:00', 'soon', true])(
	'%s is no time',
	(from) => {
		const parsed = schema.safeParse({ period: 'custom', from });
		expect(parsed.error?.issues).toMatchObject([
			{ path: ['from'], message: expect.stringMatching(/^must be a date or a time/) },
		]);
	},
);

test.each([
	['UTC', '2026-05-01', '2026-05-01T00:00:00.000Z'],
	['Asia/Kolkata', '2026-05-01T09:00', '2026-05-01T03:30:00.000Z'],
	['America/New_York', '2026-07-04 12:00', '2026-07-04T16:00:00.000Z'],
	// The clocks skip from 2 to 3 o'clock.
	['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
	// The day starts at 1 o'clock.
	['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
])('in %s, From %s is %s', (zone, from, expected) => {
	const period = resolvePeriod(schema.parse({ period: 'custom', from }), now, zone);
	expect(new Date(period.from ?? NaN).toISOString()).toBe(expected);
});

test.each([
	['today', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00.000Z'],
	['yesterday', '2018-11-05T12:00:00Z', '2018-11-04T03:00:00.000Z'],
	['last7Days', '2018-11-10T12:00:00Z', '2018-11-04T03:00:00.000Z'],
])('%s begins at 1 o’clock where there is no midnight', (period, at, expected) => {
	const found = resolvePeriod(schema.parse({ period }), Date.parse(at), 'America/Sao_Paulo');
	expect(new Date(found.from ?? NaN).toISOString()).toBe(expected);
});
