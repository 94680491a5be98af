import { hash } from 'node:crypto';

/** Characters of Base64, 18 bytes: long enough to be unique, and small in an index. */
const idLength = 24;

/** A short ID that a text always gets, and that does not show it: the beginning of its SHA-256. */
export const hashedId = (text: string): string =>
	hash('sha256', text, 'base64url').slice(0, idLength);
