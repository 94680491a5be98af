import { randomInt } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { GraphError } from '../errors/graph-error.ts';
import type { CallbackClient } from './post.ts';

/**
 * Verifies a callback, as Meta does before accepting one.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 * @throws GraphError 2200 unless the callback answers 200 with just the challenge
 */
export async function verifyCallback(
	client: CallbackClient,
	callbackUrl: string,
	verifyToken: string,
	timeoutMs: number,
): Promise<void> {
	if (!/^https?:\/\//.test(callbackUrl) || !URL.canParse(callbackUrl)) {
		throw new GraphError(2200, {
			message: `Callback verification failed with the following errors: ${callbackUrl} should represent a valid URL`,
		});
	}
	const challenge = String(randomInt(1_000_000_000, 2 ** 31));
	const url = new URL(callbackUrl);
	url.searchParams.set('hub.mode', 'subscribe');
	url.searchParams.set('hub.challenge', challenge);
	url.searchParams.set('hub.verify_token', verifyToken);
	const failed = (reason: string): GraphError =>
		new GraphError(2200, {
			message: `Callback verification failed with the following errors: ${reason}`,
		});
	let answer: Awaited<ReturnType<CallbackClient['send']>>;
	try {
		answer = await client.send('GET', url.href, {}, null, timeoutMs);
	} catch (error) {
		throw failed(error instanceof Error ? error.message : 'no answer');
	}
	if (answer.httpStatus !== 200) {
		throw failed(
			`HTTP Status Code = ${answer.httpStatus}; HTTP Message = ${STATUS_CODES[answer.httpStatus] ?? 'unknown'}`,
		);
	}
	if (answer.body !== challenge) {
		throw failed(`Unexpected challenge. Expected ${challenge}, got ${answer.body.slice(0, 80)}`);
	}
}
