import fc from 'fast-check';
import { periodMsFor, toHistory } from '../../../nodes/WhatsAppCloud/report/history';
import { noResults } from '../../../nodes/WhatsAppCloud/store/reports/reportStore';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const at = (iso: string, sent = 1) => ({
	startAt: Date.parse(iso),
	results: { ...noResults(), sent },
});

const labelsAndCounts = (...args: Parameters<typeof toHistory>) =>
	toHistory(...args).steps.map(({ label, results }) => [label, results.sent]);

test('hours for up to two days, with those in which nothing was sent', () => {
	const { unit } = toHistory([at('2026-05-01T10:15:00Z')], 'UTC');
	expect(unit).toBe('hour');
	expect(
		labelsAndCounts([at('2026-05-01T10:15:00Z'), at('2026-05-01T12:45:00Z', 2)], 'Asia/Kolkata'),
	).toEqual([
		['15:00', 1],
		['16:00', 0],
		['17:00', 0],
		['18:00', 2],
	]);
});

test('days begin at midnight of the time zone, also when clocks are changed', () => {
	// In Berlin, summer time ends on 25 October 2026: that day has 25 hours.
	const periods = [
		at('2026-10-24T21:45:00Z', 1),
		at('2026-10-24T22:00:00Z', 2),
		at('2026-10-25T22:45:00Z', 3),
		at('2026-10-25T23:00:00Z', 4),
		at('2026-10-28T12:00:00Z', 5),
	];
	expect(toHistory(periods, 'Europe/Berlin').unit).toBe('day');
	expect(labelsAndCounts(periods, 'Europe/Berlin')).toEqual([
		['24 Oct', 1],
		['25 Oct', 5],
		['26 Oct', 4],
		['27 Oct', 0],
		['28 Oct', 5],
	]);
});

test('weeks begin on Monday, months on the first', () => {
	const weeks = labelsAndCounts([at('2026-01-01T00:00:00Z'), at('2026-04-01T00:00:00Z')], 'UTC');
	expect(weeks).toHaveLength(14);
	expect(weeks[0]).toEqual(['29 Dec', 1]);
	const years = labelsAndCounts([at('2024-01-31T00:00:00Z'), at('2026-03-31T00:00:00Z')], 'UTC');
	expect(years).toHaveLength(27);
	expect(years.at(-1)).toEqual(['Mar 2026', 1]);
});

test('nothing sent, nothing shown', () => expect(toHistory([], 'UTC').steps).toEqual([]));

// São Paulo skipped midnight, Lord Howe shifts by half an hour, Apia skipped a whole day.
test.each(['UTC', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'])(
	'in %s no message is lost and the steps follow each other',
	(timeZone) => {
		const quarterMs = hourMs / 4;
		const start = Date.UTC(2010, 0, 1) / quarterMs;
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						quarter: fc.integer({ min: 0, max: 4 * 24 * 365 * 9 }),
						sent: fc.integer({ min: 1, max: 9 }),
					}),
					{ minLength: 1, maxLength: 12 },
				),
				(entries) => {
					const periods = entries
						.map(({ quarter, sent }) => ({
							startAt: (start + quarter) * quarterMs,
							results: { ...noResults(), sent },
						}))
						.sort((a, b) => a.startAt - b.startAt);
					const { steps } = toHistory(periods, timeZone);
					const sum = (all: { results: { sent: number } }[]) =>
						all.reduce((total, { results }) => total + results.sent, 0);
					expect(sum(steps)).toBe(sum(periods));
					const times = steps.map(({ startAt }) => startAt);
					expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
				},
			),
			{ numRuns: 60 },
		);
	},
);

test('the store is asked coarsely for long times', () => {
	const to = Date.UTC(2026, 0, 1);
	expect(periodMsFor(to - 7 * dayMs, to)).toBe(hourMs / 4);
	expect(periodMsFor(to - 300 * dayMs, to)).toBe(hourMs);
	expect(periodMsFor(null, to)).toBe(dayMs);
});
