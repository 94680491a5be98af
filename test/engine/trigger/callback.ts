import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { verifySubscription } from '../../../nodes/WhatsAppCloud/graph/signature';

/** A server that stands in for n8n: it confirms addresses below known paths, like the trigger. */
export class CallbackServer {
	readonly url: string;
	/** Paths that answer; all others return 404. */
	readonly live = new Set<string>();
	private readonly server: Server;

	private constructor(server: Server) {
		this.server = server;
		this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	static async start(...tokens: string[]): Promise<CallbackServer> {
		let live: ReadonlySet<string> = new Set();
		const server = createServer((request, response) => {
			const url = new URL(request.url ?? '/', 'http://localhost');
			const verdict = verifySubscription(Object.fromEntries(url.searchParams), tokens);
			if (!live.has(url.pathname)) response.writeHead(404).end('not found');
			else if (verdict.accepted) response.writeHead(200).end(verdict.challenge);
			else response.writeHead(403).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const callback = new CallbackServer(server);
		live = callback.live;
		return callback;
	}

	/** An address that answers from now on. */
	open(path: string): string {
		this.live.add(path);
		return `${this.url}${path}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
