import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { mimeTypes, n8nCore } from './n8n-modules.ts';

/** The part of Express's response that nodes use. */
export interface HostResponse extends ServerResponse {
	locals: Record<string, unknown>;
	status(code: number): this;
	sendStatus(code: number): this;
	send(body?: unknown): this;
	json(body: unknown): this;
	set(name: string | Record<string, string>, value?: string): this;
	header(name: string | Record<string, string>, value?: string): this;
	get(name: string): string | undefined;
	type(type: string): this;
	contentType(type: string): this;
}

function setHeader(response: HostResponse, name: string, value: string): void {
	// Express adds the character set to a content type.
	const full = name.toLowerCase() === 'content-type' ? mimeTypes.contentType(value) : value;
	response.setHeader(name, full === false ? value : full);
}

function defaultType(response: HostResponse, type: string): void {
	if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', type);
}

function sendJson(response: HostResponse, body: unknown): HostResponse {
	defaultType(response, 'application/json; charset=utf-8');
	// There is no JSON for undefined: the answer is then empty, as in Express.
	return sendBytes(response, Buffer.from(body === undefined ? '' : JSON.stringify(body)));
}

function sendBytes(response: HostResponse, body: Buffer): HostResponse {
	if (response.statusCode === 204 || response.statusCode === 304) {
		response.removeHeader('Content-Type');
		response.end();
		return response;
	}
	response.setHeader('Content-Length', body.length);
	response.end(body);
	return response;
}

function sendAny(response: HostResponse, body: unknown): HostResponse {
	if (typeof body === 'string') {
		defaultType(response, 'text/html');
		setHeader(response, 'Content-Type', String(response.getHeader('Content-Type')));
		return sendBytes(response, Buffer.from(body));
	}
	if (body === undefined) return sendBytes(response, Buffer.alloc(0));
	if (ArrayBuffer.isView(body)) {
		defaultType(response, 'application/octet-stream');
		return sendBytes(response, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
	}
	return sendJson(response, body);
}

/** Adds the methods of Express that nodes rely on to Node's response. */
export function createHostResponse(raw: ServerResponse): HostResponse {
	const response = raw as HostResponse;
	const set = (name: string | Record<string, string>, value?: string): HostResponse => {
		const entries = typeof name === 'string' ? { [name]: value ?? '' } : name;
		for (const [key, text] of Object.entries(entries)) setHeader(response, key, text);
		return response;
	};
	const type = (name: string): HostResponse =>
		set('Content-Type', mimeTypes.contentType(name) || name);
	return Object.assign(response, {
		locals: {},
		status: (code: number) => {
			response.statusCode = code;
			return response;
		},
		sendStatus: (code: number) => {
			response.statusCode = code;
			type('txt');
			return sendAny(response, String(code));
		},
		send: (body?: unknown) => sendAny(response, body),
		json: (body: unknown) => sendJson(response, body),
		set,
		header: set,
		get: (name: string) => response.getHeader(name)?.toString(),
		type,
		contentType: type,
	});
}

/** Sends n8n's answer if the node has not answered: text as it is, anything else as JSON. */
export function sendHostAnswer(
	response: HostResponse,
	body: unknown,
	code: number | undefined,
	sandboxed: boolean,
): void {
	if (response.writableEnded) return;
	if (code !== undefined) response.status(code);
	if (sandboxed && !n8nCore.isWebhookHtmlSandboxingDisabled()) {
		response.setHeader('Content-Security-Policy', n8nCore.getHtmlSandboxCSP());
	}
	if (body instanceof Readable) body.pipe(response);
	else if (typeof body === 'string') response.send(body);
	else response.json(body);
}
