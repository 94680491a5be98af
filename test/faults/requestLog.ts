import { setTimeout as sleep } from 'node:timers/promises';
import type { Simulator } from '../engine/harness';

interface Entry {
	/** Milliseconds since 1970. */
	at: number;
	path: string;
	httpStatus: number | null;
}

/** Follows the simulator's request log, which only keeps the last thousand. */
interface RequestLog {
	/** Times of the requests for messages so far, in milliseconds since 1970, ascending. */
	stop(): Promise<number[]>;
}

const pollMs = 2_000;

export function followRequests(simulator: Simulator): RequestLog {
	const times: number[] = [];
	let seen = 0;
	const end = new AbortController();
	const read = async (): Promise<void> => {
		const { total, data } = await simulator.admin<{ total: number; data: Entry[] }>(
			'GET',
			'/requests?limit=1000',
		);
		if (total - seen > data.length) throw new Error('Requests were lost between two polls');
		const fresh = total === seen ? [] : data.slice(seen - total);
		seen = total;
		for (const { at, path } of fresh) if (/\/messages(\?|$)/.test(path)) times.push(at);
	};
	const following = (async () => {
		while (!end.signal.aborted) {
			await read();
			await sleep(pollMs);
		}
	})();
	return {
		async stop() {
			end.abort();
			await following;
			await read();
			return times.sort((a, b) => a - b);
		},
	};
}

/** The most requests within any second. */
export function peakPerSecond(times: readonly number[]): number {
	let peak = 0;
	let first = 0;
	for (const [last, at] of times.entries()) {
		while ((times[first] ?? 0) <= at - 1000) first++;
		peak = Math.max(peak, last - first + 1);
	}
	return peak;
}

/** The average from the first to the last. */
export function averagePerSecond(times: readonly number[]): number {
	const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
	return (times.length - 1) / seconds;
}
