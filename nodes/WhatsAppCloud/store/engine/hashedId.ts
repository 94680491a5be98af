import { createHash } from 'node:crypto';

/** Length of the hash, in bytes: long enough to be unique, and small in an index. */
const idBytes = 18;

/** A short ID that a text always gets, and that does not show it: the beginning of its SHA-256. */
export const hashedId = (text: string): string =>
	createHash('sha256').update(text).digest().toString('base64url', 0, idBytes);
