import type { IExecuteFunctions } from 'n8n-workflow';
import { createAdmission } from '../../../nodes/WhatsAppCloud/sending/campaign/admission';
import { estimateEnd } from '../../../nodes/WhatsAppCloud/sending/campaign/campaign';
import { deliverySchema } from '../../../nodes/WhatsAppCloud/sending/settings/deliveryFields';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const noon = Date.parse('2026-05-01T12:00:00Z');
const minuteMs = 60_000;

/** A host in UTC with this many items, and what it logs and shows. */
function host(itemCount: number) {
	const info: string[] = [];
	const hints: string[] = [];
	const functions = {
		logger: { info: (text: string) => info.push(text) },
		getInputData: () => Array.from({ length: itemCount }, () => ({ json: {} })),
		getTimezone: () => 'UTC',
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;
	return { info, hints, functions };
}

const waves = (size: number, pauseMinutes: number) => ({
	waves: { waves: { size, pauseMinutes } },
});
const office = { window: { window: { from: '09:00', to: '18:00' } } };

let clock: VirtualClock;
beforeEach(() => {
	clock = createVirtualClock(noon);
});

/** The admission of a run with these settings of the panel. */
function admission(itemCount: number, settings: object) {
	const shown = host(itemCount);
	const run = createAdmission(shown.functions, deliverySchema.parse(settings), '7', clock);
	/** Lets messages in, one after the other, and says at which minute each one went. */
	const minutes = async (count: number): Promise<number[]> => {
		const found: number[] = [];
		const admitAll = async (): Promise<void> => {
			for (let index = 0; index < count; index++) {
				await run.admit(undefined);
				found.push((clock.now() - noon) / minuteMs);
			}
		};
		await clock.run(admitAll());
		return found;
	};
	return { ...shown, run, minutes };
}

test('without waves and hours, every message goes at once, and nothing is announced', async () => {
	const { minutes, info, hints } = admission(3, {});
	expect(await minutes(3)).toEqual([0, 0, 0]);
	expect([...info, ...hints]).toEqual([]);
});

test('in waves, each one waits for the pause after the one before', async () => {
	const { minutes, info, hints } = admission(5, { ...waves(2, 10), messagesPerSecond: 1 });
	expect(await minutes(5)).toEqual([0, 0, 10, 10, 20]);
	const announced =
		'5 messages in waves or hours; the last one will be sent at about 2026-05-01T12:20:05.000Z';
	expect(hints).toEqual([announced]);
	expect(info).toEqual([
		announced,
		'2 of 5 messages processed; waiting for the pause between two waves until 2026-05-01T12:10:00.000Z',
		'4 of 5 messages processed; waiting for the pause between two waves until 2026-05-01T12:20:00.000Z',
	]);
});

test('outside the hours, a message waits until they begin', async () => {
	clock.jump(7 * 60 * minuteMs);
	const { minutes, info, hints } = admission(1, office);
	expect(await minutes(1)).toEqual([21 * 60]);
	expect(hints[0]).toMatch(/^1 message in waves or hours; .* at about 2026-05-02T09:00:0/);
	expect(info[1]).toBe(
		'0 of 1 messages processed; waiting for the time window until 2026-05-02T09:00:00.000Z',
	);
});

test('a cancelled execution does not wait for its wave', async () => {
	const { run } = admission(2, waves(1, 60));
	const cancel = new AbortController();
	expect(await run.admit(cancel.signal)).toBe(true);
	clock.at(1_000, () => cancel.abort());
	expect(await clock.run(run.admit(cancel.signal))).toBe(false);
	expect(clock.now() - noon).toBe(1_000);
});

describe('the end of a run is estimated', () => {
	const day = { outside: false, fromMinute: 9 * 60, toMinute: 18 * 60, timeZone: 'UTC' };
	const hours = { ...day, weekdays: new Set([1, 2, 3, 4, 5]) };
	const hour = 60 * minuteMs;

	test.each([
		['by its pace alone', { waves: null, window: null }, 3_600, 1, hour],
		['without a pace', { waves: null, window: null }, 3_600, null, 0],
		[
			'with a pause between waves',
			{ waves: { size: 100, pauseMs: hour }, window: null },
			201,
			null,
			2 * hour,
		],
		[
			'without a pause after the last wave',
			{ waves: { size: 100, pauseMs: hour }, window: null },
			100,
			null,
			0,
		],
		['within its hours', { waves: null, window: hours }, 3_600, 1, hour],
		// From Friday at noon: six hours until 18:00, the others on Monday from 09:00.
		['over a weekend', { waves: null, window: hours }, 8 * 3_600, 1, (6 + 63 + 2) * hour],
	])('%s', (_, plan, count, messagesPerSecond, takesMs) => {
		expect(estimateEnd(plan, count, messagesPerSecond, noon) - noon).toBe(takesMs);
	});
});
