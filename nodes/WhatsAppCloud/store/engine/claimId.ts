import { randomUUID } from 'node:crypto';

const processId = randomUUID();
let count = 0;

/**
 * An ID for one attempt to claim something, unique across all processes. If the attempt is repeated
 * after a lost connection, it recognises its own success by this ID. Cheaper than a random ID each
 * time.
 */
export function nextClaimId(): string {
	count++;
	return `${processId}:${count.toString(36)}`;
}
