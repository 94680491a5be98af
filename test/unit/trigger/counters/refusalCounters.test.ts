import { RefusalCounters } from '../../../../nodes/WhatsAppCloud/trigger/counters/refusalCounters';
import { counterNames } from '../../../../nodes/WhatsAppCloud/trigger/counters/counterNames';

const MINUTE_MS = 60_000;

describe('refusals', () => {
	test('are written at once, and then once a minute', () => {
		const tally = new RefusalCounters();
		tally.add('app', 'noSignature');
		expect(tally.takeDue('app', 0)).toEqual([
			{ name: `${counterNames.refused}noSignature`, by: 1, detail: null },
		]);
		for (let index = 0; index < 1_000; index++) tally.add('app', 'noSignature');
		expect(tally.takeDue('app', MINUTE_MS - 1)).toEqual([]);
		expect(tally.takeDue('app', MINUTE_MS)).toEqual([expect.objectContaining({ by: 1_000 })]);
		expect(tally.takeDue('app', 2 * MINUTE_MS)).toEqual([]);
	});

	test('fill the log only so far', () => {
		const tally = new RefusalCounters();
		const logged = Array.from({ length: 100 }, () => tally.add('app', 'noSignature'));
		expect(logged.filter(Boolean)).toHaveLength(20);
		expect(tally.add('app', 'wrongSignature')).toBe(true);
		tally.takeDue('app', 0);
		expect(tally.add('app', 'noSignature')).toBe(true);
	});

	test('are written though the clock was set back', () => {
		const tally = new RefusalCounters();
		tally.add('app', 'noSignature');
		tally.takeDue('app', 10 * MINUTE_MS);
		tally.add('app', 'noSignature');
		expect(tally.takeDue('app', 0)).toHaveLength(1);
	});

	test('are counted for each app', () => {
		const tally = new RefusalCounters();
		tally.add('one', 'noSignature');
		expect(tally.takeDue('other', 0)).toEqual([]);
		expect(tally.takeDue('one', 0)).toHaveLength(1);
	});
});
