import { createHmac } from 'node:crypto';
import type { Account } from './account';

/**
 * Proof that the caller knows the app secret; Meta refuses stolen tokens without it when the app
 * requires it. https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function appSecretProof(appSecret: string, token: string): string {
	return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Shorter ones are not secrets, and hiding them would blank out half of a text. */
const minSecretLength = 4;

/**
 * Meta repeats a malformed token in its error text, and a host in its place may echo whatever came
 * (headers, the query); no text shown to the user may contain a secret, plain or URL-encoded.
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
