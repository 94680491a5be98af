import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const TIMEOUT_MS = 60_000;

/**
 * Asks until there is an answer.
 *
 * @throws Error when there is none after a minute
 */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + TIMEOUT_MS;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`No answer within ${TIMEOUT_MS / 1_000} s.`);
		await sleep(POLL_MS);
	}
}
