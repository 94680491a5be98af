import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

/**
 * Polls until there is an answer, and returns it; false, null and undefined do not count.
 *
 * @param what completes the sentence "It did not come about that …"
 * @throws Error on a timeout, so that waiting for something that never happens fails the test
 */
export async function until<T>(
	what: string,
	ask: () => T | Promise<T>,
	withinMs = 60_000,
): Promise<Exclude<T, false | null | undefined>> {
	const deadline = performance.now() + withinMs;
	for (;;) {
		const answer = await ask();
		if (answer !== false && answer !== null && answer !== undefined) {
			return answer as Exclude<T, false | null | undefined>;
		}
		if (performance.now() > deadline) {
			throw new Error(`It did not come about within ${withinMs / 1_000} s that ${what}.`);
		}
		await sleep(pollMs);
	}
}
