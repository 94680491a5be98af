import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The chat of a team, which takes `{text}` as incoming webhooks do. */
export class AlertReceiver {
	readonly texts: string[] = [];
	private readonly server: Server;

	constructor() {
		this.server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
			request.on('end', () => {
				this.texts.push((JSON.parse(body) as { text: string }).text);
				response.end('{}');
			});
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/alerts`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
