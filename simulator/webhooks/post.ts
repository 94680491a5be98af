import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import { notCallable } from '../guard/addresses.ts';
import type { Addresses } from '../guard/addresses.ts';

/** How many characters of an answer the log keeps. */
const keptAnswerLength = 500;

interface CallbackAnswer {
	httpStatus: number;
	/** The start of the body. */
	body: string;
}

/** Posts to callbacks over connections that are kept alive, like Meta's. */
export class CallbackClient {
	readonly #addresses: Addresses;
	readonly #http = new HttpAgent({ keepAlive: true });
	readonly #https = new HttpsAgent({ keepAlive: true });

	constructor(addresses: Addresses) {
		this.#addresses = addresses;
	}

	/**
	 * Makes one request to a callback. Redirects are not followed.
	 * @throws Error with the reason if no answer came or the address must not be called
	 */
	send(
		method: 'GET' | 'POST',
		url: string,
		headers: Record<string, string>,
		bytes: Buffer | null,
		timeoutMs: number,
	): Promise<CallbackAnswer> {
		if (!this.#addresses.isCallable(url)) return Promise.reject(new Error(notCallable));
		return new Promise((resolve, reject) => {
			const secure = url.startsWith('https:');
			const request = (secure ? httpsRequest : httpRequest)(url, {
				method,
				headers: {
					accept: '*/*',
					'user-agent': 'facebookexternalua',
					...headers,
					...(bytes ? { 'content-length': String(bytes.length) } : {}),
				},
				agent: secure ? this.#https : this.#http,
			});
			const timer = setTimeout(
				() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
				timeoutMs,
			);
			request.once('error', (error) => {
				clearTimeout(timer);
				reject(error);
			});
			request.once('response', (response) => {
				let body = '';
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => {
					if (body.length < keptAnswerLength) body += chunk;
				});
				response.once('error', reject);
				response.once('close', () => {
					clearTimeout(timer);
					resolve({
						httpStatus: response.statusCode ?? 0,
						body: body.slice(0, keptAnswerLength),
					});
				});
			});
			request.end(bytes ?? undefined);
		});
	}

	close(): void {
		this.#http.destroy();
		this.#https.destroy();
	}
}
