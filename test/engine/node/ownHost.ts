import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request that arrived. */
interface Received {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	body: string;
}

/** A host that stands in for Meta where the simulator is too well behaved. */
export interface OwnHost {
	url: string;
	received: Received[];
}

type Answer = (request: Received, response: ServerResponse, socket: Socket) => void;

const closing: (() => void)[] = [];
afterAll(() => closing.splice(0).forEach((close) => close()));

/** Starts a host on loopback that runs until the end of the file. */
export async function startHost(answer: Answer): Promise<OwnHost> {
	const received: Received[] = [];
	const server = createServer((message, response) => {
		const chunks: Buffer[] = [];
		message.on('data', (chunk: Buffer) => chunks.push(chunk));
		message.on('end', () => {
			const { pathname, searchParams } = new URL(message.url ?? '/', 'http://host');
			const request = {
				method: message.method ?? '',
				path: pathname,
				query: searchParams,
				headers: message.headers,
				body: Buffer.concat(chunks).toString(),
			};
			received.push(request);
			answer(request, response, message.socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** An address where nobody is listening. */
export async function closedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}`;
}
