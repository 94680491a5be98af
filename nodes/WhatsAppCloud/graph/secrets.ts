import { createHmac } from 'node:crypto';
import type { Account } from './account';

/**
 * Proof that the caller knows the app secret; Meta refuses stolen tokens without it when the app
 * requires it. https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function appSecretProof(appSecret: string, token: string): string {
	return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Shorter ones are no secrets, and would blank out half of a text. */
const minSecretLength = 4;

/** Meta repeats a malformed token in its error text; nothing that the user sees may hold one. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.length >= minSecretLength)
		.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}

/** All secrets of a credential. */
export const secretsOf = (account: Account): string[] => [
	account.accessToken,
	account.standbyAccessToken,
	account.appSecret,
	account.verifyToken,
];
