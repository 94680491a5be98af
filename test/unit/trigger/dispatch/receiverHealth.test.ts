import { hourMs, minuteMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import {
	pauseAfter,
	ReceiverHealth,
} from '../../../../nodes/WhatsAppCloud/trigger/dispatch/receiverHealth';

const now = Date.parse('2026-11-26T12:00:00Z');

/** How long an address is left alone after each of so many failed calls, in seconds. */
function pausesOf(refuses: 'all' | 'perhapsAll', calls: number): number[] {
	const health = new ReceiverHealth();
	let at = now;
	return Array.from({ length: calls }, (_, index) => {
		health.refusedOne(`webhook ${index}`, refuses, at);
		const began = at;
		while (health.mostCalls(at) === 0) at += 1_000;
		return (at - began) / 1_000;
	});
}

test('one that is down is called once after pauses that grow to a quarter of an hour', () => {
	expect(pausesOf('all', 10)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

test('one that fails on five in a row is called once after pauses that grow to a minute', () => {
	expect(pausesOf('perhapsAll', 10)).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 60, 60]);
});

test('the same webhook, however often it fails, says nothing of others', () => {
	const health = new ReceiverHealth();
	for (let attempt = 0; attempt < 20; attempt++) health.refusedOne('same', 'perhapsAll', now);
	expect(health).toMatchObject({ isBroken: false, needsAnother: false });
	expect(health.mostCalls(now)).toBe(4);
});

test('only one that answers is asked with a webhook that it has not refused', () => {
	const health = new ReceiverHealth();
	health.refusedOne('first', 'all', now);
	expect(health).toMatchObject({ isBroken: true, needsAnother: false });
	health.refusedOne('first', 'perhapsAll', now + 5_000);
	expect(health).toMatchObject({ isBroken: true, needsAnother: true });
});

test('calls that fail at once begin one pause', () => {
	const health = new ReceiverHealth();
	for (const id of ['a', 'b', 'c', 'd']) health.refusedOne(id, 'all', now);
	expect([health.mostCalls(now + 4_999), health.mostCalls(now + 5_000)]).toEqual([0, 1]);
});

test('a clock that was set back holds nothing up', () => {
	const health = new ReceiverHealth();
	health.refusedOne('a', 'all', now);
	expect(health.mostCalls(now - hourMs)).toBe(1);
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
