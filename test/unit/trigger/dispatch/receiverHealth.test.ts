import { hourMs, minuteMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import {
	pauseAfter,
	ReceiverHealth,
} from '../../../../nodes/WhatsAppCloud/trigger/dispatch/receiverHealth';

const now = Date.parse('2026-11-26T12:00:00Z');

/** How long an address is left alone after each of so many failed calls, in seconds. */
function pausesOf(status: number | null, calls: number): number[] {
	const health = new ReceiverHealth();
	let at = now;
	return Array.from({ length: calls }, (_, index) => {
		health.refused(`webhook ${index}`, status, at);
		const began = at;
		while (health.mostCalls(at) === 0) at += 1_000;
		return (at - began) / 1_000;
	});
}

/** One that has failed on five webhooks. */
function brokenOne(): ReceiverHealth {
	const health = new ReceiverHealth();
	for (const id of ['a', 'b', 'c', 'd', 'e']) health.refused(id, null, now);
	return health;
}

test.each([null, 302, 401, 403, 404, 408, 410, 425, 429, 500, 502, 503, 504])(
	'one that answers five in a row with %s is called once after pauses that grow to a minute',
	(status) => {
		expect(pausesOf(status, 10)).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 60, 60]);
	},
);

test.each([400, 405, 413, 415, 422])('one that answers with %s works', (status) => {
	expect(pausesOf(status, 10)).toEqual(Array(10).fill(0));
	const health = brokenOne();
	health.refused('another', status, now + 5_000);
	expect(health).toMatchObject({ isBroken: false, failedInARow: 0 });
});

test('the same webhook, however often it fails, says nothing of others', () => {
	const health = new ReceiverHealth();
	for (let attempt = 0; attempt < 20; attempt++) health.refused('same', null, now);
	expect(health).toMatchObject({ isBroken: false, failedInARow: 1 });
	expect(health.mostCalls(now)).toBe(4);
});

test('one that takes a webhook begins anew', () => {
	const health = brokenOne();
	expect(health.isBroken).toBe(true);
	health.took();
	expect(health.mostCalls(now)).toBe(4);
	for (const id of ['a', 'b', 'c', 'd']) health.refused(id, null, now);
	expect(health.isBroken).toBe(false);
});

test('calls that fail at once begin one pause', () => {
	const health = brokenOne();
	for (const id of ['f', 'g', 'h']) health.refused(id, null, now);
	expect([health.mostCalls(now + 4_999), health.mostCalls(now + 5_000)]).toEqual([0, 1]);
});

test('a clock that was set back holds nothing up', () => {
	expect(brokenOne().mostCalls(now - hourMs)).toBe(1);
});

test('one webhook waits for longer each time, at most a quarter of an hour', () => {
	expect([1, 2, 8, 9, 1_000].map(pauseAfter)).toEqual([
		5_000,
		10_000,
		640_000,
		15 * minuteMs,
		15 * minuteMs,
	]);
});
