import { ReplayLog } from '../../../../nodes/WhatsAppCloud/trigger/receive/replayLog';

const minute = 60_000;
const now = Date.parse('2026-03-31T12:00:00Z');

test('what is dropped is logged at once, with the time of this machine', () => {
	expect(new ReplayLog().add('a', 2, now)).toMatch(/^2 messages.*2026-03-31T12:00:00\.000Z$/);
});

test('nothing dropped is nothing to log', () => {
	expect(new ReplayLog().add('a', 0, now)).toBeNull();
});

test('within a minute, the log stays silent and the count goes on', () => {
	const log = new ReplayLog();
	log.add('a', 1, now);
	expect(log.add('a', 2, now + 1)).toBeNull();
	expect(log.add('a', 3, now + minute - 1)).toBeNull();
	expect(log.add('a', 1, now + minute)).toMatch(/^6 messages/);
	expect(log.add('a', 0, now + 3 * minute)).toBeNull();
});

test('what was counted silently is logged even if nothing more is dropped', () => {
	const log = new ReplayLog();
	log.add('a', 1, now);
	log.add('a', 4, now + 1);
	expect(log.add('a', 0, now + minute)).toMatch(/^4 messages/);
});

test('each trigger has a log of its own', () => {
	const log = new ReplayLog();
	log.add('a', 1, now);
	expect(log.add('b', 5, now + 1)).toMatch(/^5 messages/);
});

test('a clock that was set back silences nothing', () => {
	const log = new ReplayLog();
	log.add('a', 1, now);
	expect(log.add('a', 1, now - minute)).toMatch(/^1 messages/);
});
