import { once, type Work } from './engine/database';
import { readText } from './engine/encode';
import type { Statement } from './engine/statement';
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
	values: { value: 'text' },
	sql: ({ table, value }) => `
		INSERT INTO ${table('meta')} (name, value) VALUES ('purge_clock', ${value('value')})
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

export const readPurgeClock = (): Work<PurgeClock> => read(readStatement);

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
	yield* once(writeStatement, { value: `${now} ${from}` });
	return now >= from;
}
