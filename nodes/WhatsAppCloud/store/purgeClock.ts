import { once, type Work } from './engine/database';
import { readText } from './engine/encode';
import type { Statement } from './engine/statement';
import { clockBackMs } from './clockBack';
import { dayMs, hourMs } from '../time/durations';

/** After a jump, the clock is trusted again once it has run steadily for this long. */
export const probationMs = hourMs;

/** How far the clock may move back or forward between two purges without counting as a jump. */
const leapBackMs = hourMs;
const leapOnMs = dayMs;

/** What the store knows about the clock from its last purge. */
interface PurgeClock {
	/** Time of the last purge; NaN if there was none. */
	last: number;
	/** When the clock becomes trusted, if it runs steadily until then. */
	trustedFrom: number;
}

const readStatement: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `SELECT t.value FROM ${table('meta')} t WHERE t.name = 'purge_clock'`,
};

const readToChangeStatement: Statement = {
	...readStatement,
	sql: (write) => readStatement.sql(write) + write.forUpdate('t'),
};

const writeStatement: Statement = {
	rows: null,
	values: { entry: 'text', value: 'text' },
	sql: ({ table, value }) => `
		INSERT INTO ${table('meta')} (name, value) VALUES (${value('entry')}, ${value('value')})
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

/** When purges have last found the clock set back, and the time that it had reached before. */
interface SetBack {
	at: number;
	from: number;
}

const readSetBackStatement: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `SELECT t.value FROM ${table('meta')} t WHERE t.name = 'clock_set_back'`,
};

/** Longest that a clock is distrusted for it, in case it was the time before that was wrong. */
const longestDistrustMs = 2 * dayMs;

export const readPurgeClock = (): Work<PurgeClock> => read(readStatement);

/**
 * Whether the clock was set back so lately that what happened before may look like today, across
 * all processes and their restarts. Purges tell, which note the time once an hour.
 */
export function* wasSetBack(now: number): Work<boolean> {
	const { last } = yield* readPurgeClock();
	if (isBack(now, last)) return true;
	const known = yield* readSetBack();
	return known !== null && now < Math.min(known.from + dayMs, known.at + longestDistrustMs);
}

const isBack = (now: number, last: number): boolean => now < last - clockBackMs;

function* readSetBack(): Work<SetBack | null> {
	const [row] = yield* once(readSetBackStatement);
	if (row === undefined) return null;
	const [at = NaN, from = NaN] = readText(row, 'value').split(' ').map(Number);
	return { at, from };
}

/** Notes that the clock was set back, from the latest time that it had in these days. */
function* noteSetBack(now: number, last: number): Work<void> {
	const known = yield* readSetBack();
	const isLate = known !== null && Math.abs(now - known.at) < longestDistrustMs;
	const from = isLate ? Math.max(known.from, last) : last;
	yield* once(writeStatement, { entry: 'clock_set_back', value: `${now} ${from}` });
}

function* read(statement: Statement): Work<PurgeClock> {
	const [row] = yield* once(statement);
	const [last = NaN, trustedFrom = 0] =
		row === undefined ? [] : readText(row, 'value').split(' ').map(Number);
	return { last, trustedFrom };
}

const keptGoing = ({ last }: PurgeClock, now: number): boolean =>
	now >= last - leapBackMs && now <= last + leapOnMs;

/** The time since which purges have seen the clock run steadily; `now` if they have not. */
export function steadySinceBy(clock: PurgeClock, now: number): number {
	return keptGoing(clock, now) ? Math.min(clock.trustedFrom - probationMs, now) : now;
}

/**
 * Whether a purge may trust the clock; also records the time of this purge.
 *
 * @param isKnownSteady the caller has seen the clock run steadily for an hour
 */
export function* trustClock(now: number, isKnownSteady: boolean): Work<boolean> {
	const clock = yield* read(readToChangeStatement);
	const known = keptGoing(clock, now) ? clock.trustedFrom : now + probationMs;
	const from = isKnownSteady ? Math.min(known, now) : known;
	if (isBack(now, clock.last)) yield* noteSetBack(now, clock.last);
	yield* once(writeStatement, { entry: 'purge_clock', value: `${now} ${from}` });
	return now >= from;
}
