import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { log } from '../log';

/** What reading and answering a request needs from n8n's context. */
type ReplyHost = Pick<
	IWebhookFunctions,
	'getNode' | 'getRequestObject' | 'getResponseObject' | 'getWorkflow' | 'logger'
>;

const NO_BYTES = new Uint8Array(0);

/**
 * Returns the raw bytes of the body, decompressed.
 *
 * @throws what n8n throws for a body that is too large, truncated or badly compressed
 */
export async function rawBodyOf(host: ReplyHost): Promise<Uint8Array> {
	const request = host.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : NO_BYTES;
}

/** Answers 200. @param reason why it starts nothing; `null`: it is kept, and executions follow */
export function accept(host: ReplyHost, reason: string | null): IWebhookResponseData {
	if (reason !== null) log(host, 'debug', `webhook starts no execution, because ${reason}`);
	return answer(host, 200, 'EVENT_RECEIVED');
}

/** Answers with an error; anything but 200 makes Meta deliver again. */
export function refuse(
	host: ReplyHost,
	status: number,
	text: string,
	reason: string,
): IWebhookResponseData {
	log(host, status >= 500 ? 'error' : 'warn', `webhook answered with ${status}, because ${reason}`);
	return answer(host, status, text);
}

/** Has Meta deliver again: what is missing now may be available later. */
export function tryAgain(host: ReplyHost, reason: string): IWebhookResponseData {
	return refuse(host, 500, 'Try again', reason);
}

/** Answers directly, which tells n8n not to start an execution. */
export function answer(host: ReplyHost, status: number, text: string): IWebhookResponseData {
	host
		.getResponseObject()
		.status(status)
		.set('X-Content-Type-Options', 'nosniff')
		.type('text/plain')
		// Unlike `send`, without an ETag, which nobody asks for.
		.end(text);
	return { noWebhookResponse: true };
}

/** Why a webhook starts nothing; `null` if it starts something. */
export function describeSkipped(
	isStarting: boolean,
	filtered: ReadonlyMap<string, number>,
	repeated: number,
): string | null {
	if (isStarting) return null;
	const counts = Array.from(filtered, ([filter, count]) => `${count} by "${filter}"`);
	const reasons = [
		...(counts.length > 0 ? [`events were filtered out: ${counts.join(', ')}`] : []),
		...(repeated > 0 ? [`${repeated} were delivered before`] : []),
	];
	return reasons.length === 0 ? 'it contains no event' : reasons.join('; ');
}
