import { createHash } from 'node:crypto';

/** Length of the hash, in bytes. */
const idBytes = 18;

/** The ID under which a message is kept. Meta's own would show the person's number. */
export const textIdOf = (messageId: string): string =>
	createHash('sha256').update(messageId).digest().toString('base64url', 0, idBytes);
