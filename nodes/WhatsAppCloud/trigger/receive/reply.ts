import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { log } from '../log';

/** What is needed of n8n's context to read a request and to answer it. */
type ReplyHost = Pick<
	IWebhookFunctions,
	'getNode' | 'getRequestObject' | 'getResponseObject' | 'getWorkflow' | 'logger'
>;

const NO_BYTES = new Uint8Array(0);

/**
 * The bytes as they came, unpacked.
 *
 * @throws what n8n throws for a body that is too large, cut off or packed wrongly
 */
export async function rawBodyOf(host: ReplyHost): Promise<Uint8Array> {
	const request = host.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : NO_BYTES;
}

/** Answers 200 without an execution. */
export function accept(host: ReplyHost, reason: string): IWebhookResponseData {
	log(host, 'debug', `webhook starts no execution, because ${reason}`);
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

/** Has Meta deliver again: what is missing here may be there later. */
export function tryAgain(host: ReplyHost, reason: string): IWebhookResponseData {
	return refuse(host, 500, 'Try again', reason);
}

/** Answers by ourselves, which tells n8n to start no execution. */
export function answer(host: ReplyHost, status: number, text: string): IWebhookResponseData {
	host
		.getResponseObject()
		.status(status)
		.set('X-Content-Type-Options', 'nosniff')
		.type('text/plain')
		.send(text);
	return { noWebhookResponse: true };
}
