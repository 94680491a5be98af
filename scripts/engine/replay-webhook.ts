import { createHmac } from 'node:crypto';
import {
	createServer,
	type IncomingMessage,
	request as httpRequest,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { AsyncResource } from 'node:async_hooks';
import { gzipSync } from 'node:zlib';
import type { BinarySink } from './binary.ts';
import type { EngineHost } from './host.ts';
import { n8nWorkflow } from './n8n-modules.ts';
import type { ParsedReplayRequest } from './request.ts';
import type { ReplayResult } from './result.ts';
import { handleWebhook, type WebhookOutcome } from './webhook-execution.ts';
import { createHostRequest } from './webhook-request.ts';
import { createHostResponse } from './webhook-response.ts';
import { buildWorkflow, type NodeWorkflow } from './workflow.ts';

const SIGNATURE_HEADER = 'X-Hub-Signature-256';

/** Time for n8n to finish writing after its answer, e.g. the confirmation of an event. */
const SETTLE_MS = 25;

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/**
 * The signature that Meta puts on a webhook.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
function sign(body: Buffer, secret: string): string {
	return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Headers and bytes on the wire. */
function createMessage(request: ParsedReplayRequest): {
	headers: Record<string, string[]>;
	body: Buffer;
} {
	const given =
		typeof request.body === 'string'
			? Buffer.from(request.body)
			: Buffer.from(request.body.base64, 'base64');
	const headers: Record<string, string[]> = {};
	const has = (name: string): boolean =>
		request.headers.some(([header]) => header.toLowerCase() === name.toLowerCase());
	for (const [name, value] of request.headers) (headers[name] ??= []).push(value);
	const isPost = request.method !== 'GET' && request.method !== 'HEAD';
	if (isPost && !has('Content-Type')) headers['Content-Type'] = ['application/json'];
	if (request.secret !== undefined && !has(SIGNATURE_HEADER)) {
		headers[SIGNATURE_HEADER] = [sign(given, request.secret)];
	}
	if (request.gzip) headers['Content-Encoding'] = ['gzip'];
	const body = request.gzip ? gzipSync(given) : given;
	if (isPost && !has('Transfer-Encoding') && !has('Content-Length')) {
		headers['Content-Length'] = [String(body.length)];
	}
	return { headers, body };
}

async function readAnswer(message: IncomingMessage): Promise<Answer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
	const text = Buffer.concat(chunks).toString('utf8');
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(message.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	let body: unknown = text;
	if (headers['content-type']?.startsWith('application/json') === true) {
		try {
			body = JSON.parse(text);
		} catch {
			// Claims to be JSON, but is not: report the text.
		}
	}
	return { status: message.statusCode ?? 0, headers, body };
}

function send(url: string, request: ParsedReplayRequest): Promise<Answer> {
	const { headers, body } = createMessage(request);
	return new Promise((resolve, reject) => {
		const outgoing = httpRequest(url, { method: request.method, headers, agent: false });
		const timer = setTimeout(() => {
			const seconds = request.timeoutMs / 1000;
			outgoing.destroy(new Error(`The node did not answer the request within ${seconds} s.`));
		}, request.timeoutMs);
		outgoing.on('response', (message) => {
			readAnswer(message)
				.then(resolve, reject)
				.finally(() => clearTimeout(timer));
		});
		outgoing.on('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
		outgoing.end(body);
	});
}

function listen(server: Server): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		});
	});
}

function webhookUrl(target: NodeWorkflow, query: string): string {
	const nodeType = target.nodeTypes.getByNameAndVersion(target.node.type, target.node.typeVersion);
	const path = nodeType.description.webhooks?.[0]?.path ?? 'webhook';
	const base = target.additionalData.webhookBaseUrl;
	const url = n8nWorkflow.NodeHelpers.getNodeWebhookUrl(
		base,
		target.workflowId,
		target.node,
		path.startsWith('=') ? 'webhook' : path,
	);
	return query === '' ? url : `${url}?${query}`;
}

/**
 * Sends one request over a socket to the trigger in n8n's webhook context, then waits for the
 * answer and for the execution that follows.
 *
 * @param sink receives the binary data of the output
 * @throws RequestError if the request names something that does not exist
 */
export async function replayWebhook(
	host: EngineHost,
	request: ParsedReplayRequest,
	sink: BinarySink,
): Promise<ReplayResult> {
	const server = createServer();
	const baseUrl = await listen(server);
	try {
		const target = buildWorkflow(
			host,
			request,
			{},
			() => ({ nodes: [], connections: {} }),
			baseUrl,
		);
		const outcome = new Promise<WebhookOutcome>((resolve, reject) => {
			// Bound, so that the handler's log lines belong to this call.
			const handle = AsyncResource.bind((message: IncomingMessage, raw: ServerResponse) => {
				const incoming = createHostRequest(message, host.maxWebhookBytes);
				const response = createHostResponse(raw);
				handleWebhook(host, target, request.mode, incoming, response, sink).then(resolve, reject);
			});
			server.on('request', handle);
		});
		// Checked below, after the answer, which may fail first.
		outcome.catch(() => undefined);
		const answer = await send(webhookUrl(target, request.query), request);
		const { outputs, error } = await outcome;
		await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
		const { status, body, headers } = answer;
		return { status, body, headers, outputs, ...(error === undefined ? {} : { error }) };
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
