import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/**
 * Waits until something is so.
 *
 * @param what completes the sentence "It did not come about that …"
 * @throws Error when it is not so in time; a test that waits for what never happens must fail
 */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	withinMs = 60_000,
): Promise<void> {
	const deadline = performance.now() + withinMs;
	while (!(await isSo())) {
		if (performance.now() > deadline) {
			throw new Error(`It did not come about within ${withinMs / 1_000} s that ${what}.`);
		}
		await sleep(pollMs);
	}
}
