import type { IncomingMessage } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { parseIncomingMessage, queryStrings } from './n8n-modules.ts';
import { reasonOf } from './report-error.ts';

/** n8n's limit on the fields of a form. */
const MAX_FORM_FIELDS = 1000;

/**
 * A request as n8n's web server (Express with its own body reader) passes it to a node. n8n-workflow
 * declares the rest on Node's own type: `rawBody`, `readRawBody`, `contentType`, `encoding`.
 */
export interface HostRequest extends IncomingMessage {
	body?: unknown;
	params: Record<string, string>;
	query: Record<string, unknown>;
	path: string;
	originalUrl: string;
	protocol: string;
	hostname: string;
	ip: string;
	get(name: string): string | undefined;
	header(name: string): string | undefined;
}

/** An answer that n8n gives instead of the node. */
export class HostError extends Error {
	override readonly name = 'HostError';
	readonly status: number;
	readonly code: number;
	readonly hint: string | undefined;

	constructor(status: number, code: number, message: string, hint?: string) {
		super(message);
		this.status = status;
		this.code = code;
		this.hint = hint;
	}
}

function decompressed(request: IncomingMessage): Readable {
	switch (request.headers['content-encoding']) {
		case 'gzip':
			return request.pipe(createGunzip());
		case 'deflate':
			return request.pipe(createInflate());
		default:
			return request;
	}
}

/**
 * @param maxBytes counted after decompression, as in n8n
 * @throws Error if there is more, or if the body is cut off or not what its encoding says
 */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const stream = decompressed(request);
		const chunks: Buffer[] = [];
		let bytes = 0;
		stream.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes > maxBytes) {
				request.unpipe();
				// The rest is discarded, so that the client can read the answer.
				request.resume();
				stream.removeAllListeners('data');
				reject(new Error('request entity too large'));
				return;
			}
			chunks.push(chunk);
		});
		stream.once('end', () => resolve(Buffer.concat(chunks)));
		stream.once('error', reject);
		request.once('aborted', () => reject(new Error('request aborted')));
	});
}

/** The body's bytes: declared as always present, but absent until the body has been read. */
function bytesRead(request: HostRequest): Buffer | undefined {
	return request.rawBody;
}

/** Turns Node's request into n8n's. As in n8n, the body has not been read yet. */
export function createHostRequest(message: IncomingMessage, maxBytes: number): HostRequest {
	const request = message as HostRequest;
	const url = new URL(request.url ?? '/', 'http://localhost');
	const header = (name: string): string | undefined => {
		const value = request.headers[name.toLowerCase()];
		return Array.isArray(value) ? value.join(', ') : value;
	};
	parseIncomingMessage(request);
	request.params = {};
	request.query = queryStrings.parse(url.search.slice(1), { allowPrototypes: true });
	request.path = url.pathname;
	request.originalUrl = request.url ?? '/';
	request.protocol = 'http';
	request.hostname = (header('host') ?? '').replace(/:\d+$/, '');
	request.ip = request.socket.remoteAddress ?? '';
	request.get = header;
	request.header = header;
	request.readRawBody = async () => {
		if (bytesRead(request) !== undefined) return;
		request.rawBody = await readBytes(request, maxBytes);
		request._body = true;
	};
	return request;
}

function withoutByteOrderMark(text: string): string {
	return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * Reads and parses the body by its content type, as n8n does before it calls a node of version 1;
 * for later versions it leaves unknown types alone.
 *
 * @throws HostError 422 if the body is not what its content type says
 */
export async function parseHostBody(request: HostRequest, typeVersion: number): Promise<void> {
	const type = request.contentType ?? '';
	if (type.startsWith('multipart/')) return;
	const isKnown = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'].some(
		(known) => type.startsWith(known),
	);
	if (typeVersion > 1 && !isKnown) return;
	await request.readRawBody();
	const { encoding } = request;
	const rawBody = bytesRead(request);
	if (rawBody === undefined || rawBody.length === 0) return;
	try {
		if (type === 'application/json') {
			request.body = JSON.parse(withoutByteOrderMark(rawBody.toString(encoding)));
		} else if (type === 'application/x-www-form-urlencoded') {
			const text = withoutByteOrderMark(rawBody.toString(encoding));
			request.body = parseForm(text, undefined, undefined, { maxKeys: MAX_FORM_FIELDS });
		} else if (type === 'text/plain') {
			request.body = rawBody.toString(encoding);
		}
	} catch (error) {
		const reason = reasonOf(error);
		throw new HostError(422, 422, 'Failed to parse request body', reason);
	}
}
