import { NoAnswerError } from '../errors/errors';
import type { GraphClient } from '../client';

/** The app that asks for a token. */
interface AskingApp {
	appId: string;
	appSecret: string;
}

/** A token that Meta has just given. It is a secret. */
export interface FreshToken {
	accessToken: string;
	/** Null if it never expires, or Meta does not say. */
	expiresAt: Date | null;
}

/**
 * Asks Meta for a token.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 *
 * @param grant what it is given for: a token that still works, or a code
 * @throws GraphApiError or NoAnswerError
 */
export async function freshToken(
	graph: GraphClient,
	{ appId, appSecret }: AskingApp,
	grant: Record<string, string>,
	signal: AbortSignal | undefined,
): Promise<FreshToken> {
	const { body, status } = await graph.call<{ access_token?: string; expires_in?: number }>({
		method: 'GET',
		node: 'oauth',
		edge: 'access_token',
		query: { client_id: appId, client_secret: appSecret, ...grant },
		token: `${appId}|${appSecret}`,
		signal,
	});
	const { access_token: accessToken, expires_in: seconds } = body;
	if (typeof accessToken !== 'string' || accessToken === '') {
		throw new NoAnswerError('unexpected', 'Meta answered without a token', { httpStatus: status });
	}
	const expires = typeof seconds === 'number' && seconds > 0;
	return { accessToken, expiresAt: expires ? new Date(Date.now() + seconds * 1000) : null };
}
