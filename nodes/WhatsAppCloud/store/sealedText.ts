import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const prefix = 'sealed:';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a text under a secret (AES-256-GCM). The same text gives the same result, so that two
 * sealed texts can be compared.
 */
export function seal(text: string, secret: string): string {
	const iv = hmac(secret, `iv ${text}`).subarray(0, ivBytes);
	const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/**
 * Returns a text as it was before `seal`; a text that was not sealed comes back unchanged.
 *
 * @returns null if it was sealed under another secret, or has changed
 */
export function unseal(text: string, secret: string): string | null {
	if (!text.startsWith(prefix)) return text;
	const bytes = Buffer.from(text.slice(prefix.length), 'base64');
	try {
		const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, ivBytes));
		decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
		const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
		return Buffer.concat(opened).toString('utf8');
	} catch {
		return null;
	}
}

/** How an account stores texts of people. */
export interface TextKeeper {
	appSecret: string;
	hashIdentifiers: boolean;
	keepTexts: boolean;
}

/**
 * A text as the account stores it until its work is done: encrypted where people's identifiers are
 * to be hashed, or where texts that stay are encrypted.
 */
export const sealFor = (
	{ appSecret, hashIdentifiers, keepTexts }: TextKeeper,
	text: string,
): string => (hashIdentifiers || keepTexts ? seal(text, appSecret) : text);

const keyOf = (secret: string): Buffer => hmac(secret, 'key of sealed texts');

const hmac = (secret: string, text: string): Buffer =>
	createHmac('sha256', secret).update(text).digest();
