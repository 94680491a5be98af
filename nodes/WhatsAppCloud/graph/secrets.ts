import { createHmac } from 'node:crypto';
import type { Account } from './account';

/**
 * Proves that the caller knows the app secret. If the app requires it, Meta refuses tokens without
 * it, such as stolen ones. https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function appSecretProof(appSecret: string, token: string): string {
	return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Anything shorter is no secret, and hiding it would blank out half the text. */
const minSecretLength = 4;

/**
 * Hides secrets, plain or URL-encoded, in texts shown to the user. Meta repeats a malformed token
 * in its error text, and a host in Meta's place may echo anything (headers, the query).
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.length >= minSecretLength)
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}

/** All secrets of a credential. */
export const secretsOf = (account: Account): string[] => [
	account.accessToken,
	account.standbyAccessToken,
	account.appSecret,
	account.verifyToken,
];
