import { randomUUID } from 'node:crypto';

const processId = randomUUID().slice(0, 8);
let count = 0;

/**
 * A new batch ID, unique across all processes. Compared as text, the IDs of a process are in the
 * order in which they were made.
 *
 * @param now in milliseconds since 1970
 */
export function nextBatchId(now: number): string {
	count = (count + 1) % 36 ** 6;
	const [time, place] = [now.toString(36), count.toString(36)];
	return `${time.padStart(9, '0')}-${place.padStart(6, '0')}-${processId}`;
}
