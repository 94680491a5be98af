import fc from 'fast-check';
import { instantOf, wallTimeOf } from '../../../nodes/WhatsAppCloud/policy/zonedTime';

const instant = (text: string) => Date.parse(text);

test.each([
	['UTC', { year: 2026, month: 5, day: 1 }, '2026-05-01T00:00:00Z'],
	['Asia/Kolkata', { year: 2026, month: 5, day: 1, hour: 9 }, '2026-05-01T03:30:00Z'],
	['America/New_York', { year: 2026, month: 7, day: 4, hour: 12 }, '2026-07-04T16:00:00Z'],
	// Days and months beyond the end go on with the next.
	['Europe/Berlin', { year: 2026, month: 13, day: 0 }, '2026-12-30T23:00:00Z'],
	// The clocks leave out 2 to 3 o'clock.
	['Europe/Berlin', { year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, '2026-03-29T01:30:00Z'],
	// The day begins at 1 o'clock.
	['America/Sao_Paulo', { year: 2018, month: 11, day: 4 }, '2018-11-04T03:00:00Z'],
])('in %s %j is %s', (timeZone, wall, expected) =>
	expect(instantOf(wall, timeZone)).toBe(instant(expected)),
);

test('a wall time goes back to its moment, or to the other one with the same time', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 }),
			fc.constantFrom('Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Tehran'),
			(seconds, timeZone) => {
				const wall = wallTimeOf(seconds * 1000, timeZone);
				const again = instantOf(wall, timeZone);
				expect(wallTimeOf(again, timeZone)).toEqual(wall);
			},
		),
	);
});
