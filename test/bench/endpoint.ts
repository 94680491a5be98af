import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';

/**
 * The remote side of the benchmark, in a process of its own: a TLS server that answers every message
 * after a fixed time, and a CONNECT proxy that routes every host to it. The built-in node has a fixed
 * host; through the proxy, both nodes reach the same server by the same route.
 */
const { values } = parseArgs({
	options: {
		key: { type: 'string' },
		cert: { type: 'string' },
		latency: { type: 'string', default: '50' },
	},
});
if (values.key === undefined || values.cert === undefined) {
	throw new Error('Pass the certificate with --key and --cert.');
}
const latencyMs = Number(values.latency);

/** Connections that carried a request since the last reset. */
const connections = new Set<Socket>();
let messages = 0;
let uploadedBytes = 0;
let mediaSequence = 0;

const server = createServer(
	{ key: await readFile(values.key), cert: await readFile(values.cert), keepAlive: true },
	(request, response) => {
		connections.add(request.socket);
		let body = '';
		const registration = registrationAnswer(request.url ?? '', request.method ?? '');
		if (registration !== null) {
			request.resume();
			response.setHeader('content-type', 'application/json').end(registration);
			return;
		}
		if (request.method === 'GET') {
			answerDownload(request.url ?? '', response);
			return;
		}
		const isMedia = request.url?.endsWith('/media') === true;
		request.on('data', (chunk: Buffer) => {
			if (isMedia) uploadedBytes += chunk.length;
			else body += chunk.toString('latin1');
		});
		request.on('end', () => {
			setTimeout(() => {
				response.setHeader('content-type', 'application/json');
				response.end(isMedia ? mediaAnswer() : messageAnswer(body));
			}, latencyMs);
		});
	},
);
// Idle connections must outlive the pauses between two rounds.
server.keepAliveTimeout = 300_000;

function messageAnswer(body: string): string {
	messages++;
	const to = /"to":"\+?(\d+)"/.exec(body)?.[1] ?? '15550100000';
	return JSON.stringify({
		messaging_product: 'whatsapp',
		contacts: [{ input: to, wa_id: to }],
		messages: [{ id: `wamid.bench${messages}` }],
	});
}

/** Answers what n8n's own trigger requests on activation. */
function registrationAnswer(url: string, method: string): string | null {
	if (url.includes('/oauth/access_token')) return '{"access_token":"bench","token_type":"bearer"}';
	if (!url.includes('/subscriptions')) return null;
	return method === 'GET' ? '{"data":[]}' : '{"success":true}';
}

/** Answers the look-up of a file, or a download. */
function answerDownload(url: string, response: ServerResponse): void {
	if (!url.startsWith('/file')) {
		const lookUp = {
			id: '900000001',
			url: 'https://lookaside.fbsbx.com/file',
			mime_type: 'application/pdf',
		};
		response.setHeader('content-type', 'application/json').end(JSON.stringify(lookUp));
		return;
	}
	const chunk = Buffer.alloc(2 ** 20, 'whatsapp-cloud ');
	Readable.from(Array.from({ length: 100 }, () => chunk)).pipe(response);
}

function mediaAnswer(): string {
	return JSON.stringify({ id: String(900_000_000 + mediaSequence++) });
}

const proxy = createHttpServer((request, response) => {
	// Plain requests to the proxy itself read or reset the counters.
	if (request.url === '/reset') {
		connections.clear();
		messages = uploadedBytes = 0;
	}
	response.end(JSON.stringify({ connections: connections.size, messages, uploadedBytes }));
});
proxy.keepAliveTimeout = 300_000;
proxy.on('connect', (_request, client: Socket, head: Buffer) => {
	const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
		client.write('HTTP/1.1 200 Connection established\r\n\r\n');
		upstream.write(head);
		upstream.pipe(client);
		client.pipe(upstream);
	});
	upstream.on('error', () => client.destroy());
	client.on('error', () => upstream.destroy());
});

server.listen(0, '127.0.0.1');
proxy.listen(0, '127.0.0.1');
await Promise.all([once(server, 'listening'), once(proxy, 'listening')]);
console.log(JSON.stringify({ proxyPort: (proxy.address() as AddressInfo).port }));
