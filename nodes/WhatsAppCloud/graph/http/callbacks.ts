import { randomUUID } from 'node:crypto';

import { describeFailure } from '../errors/failure';
import { startRequest } from './http';

/** Longest answer to read; triggers answer with a few words. */
const maxAnswerBytes = 4_096;

/** A callback's answer, or why there was none. */
type CallbackAnswer = { status: number; text: string } | { problem: string };

/**
 * Calls a callback of this or another n8n, as Meta does. Sends no token and follows no redirects.
 */
export async function callCallback(
	url: string,
	{
		method = 'POST',
		headers = {},
		body,
		timeoutMs,
	}: {
		method?: 'GET' | 'POST';
		headers?: Record<string, string>;
		body?: Uint8Array;
		timeoutMs: number;
	},
): Promise<CallbackAnswer> {
	const started = startRequest(url, {
		method,
		headers,
		...(body === undefined ? {} : { body }),
		signal: AbortSignal.timeout(timeoutMs),
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});
	try {
		const answer = await started.answer;
		let text = '';
		for await (const chunk of answer.body as AsyncIterable<Buffer>) {
			if (text.length < maxAnswerBytes) text += chunk.toString('utf8');
		}
		return { status: answer.statusCode, text };
	} catch (error) {
		const hasLeft = started.hasLeft();
		const circumstances = { host: hostOf(url), timeoutMs, hasLeft, isRepeatable: true };
		return { problem: describeFailure(error, circumstances).message };
	}
}

const probeTimeoutMs = 10_000;

/**
 * Verifies an address the way Meta does before delivering there.
 *
 * @returns whether it echoes the challenge, as a trigger that knows the token does
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export async function answersAsTrigger(url: string, verifyToken: string): Promise<boolean> {
	const challenge = randomUUID();
	const query = new URLSearchParams({
		'hub.mode': 'subscribe',
		'hub.challenge': challenge,
		'hub.verify_token': verifyToken,
	});
	const answer = await callCallback(`${url}?${query.toString()}`, {
		method: 'GET',
		timeoutMs: probeTimeoutMs,
	});
	return 'status' in answer && answer.status === 200 && answer.text === challenge;
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : url;
}
