import { randomUUID } from 'node:crypto';

const processId = randomUUID();
let count = 0;

/**
 * A name for one attempt to get something, unique among all processes. By it the attempt knows its
 * own success when it is repeated after a lost connection. Cheaper than a random one each time.
 */
export function nextClaimId(): string {
	count++;
	return `${processId}:${count.toString(36)}`;
}
