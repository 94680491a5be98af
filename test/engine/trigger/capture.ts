import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One delivery of the simulator, byte for byte. */
export interface CapturedWebhook {
	body: { base64: string };
	headers: [string, string][];
}

/** A callback that receives webhooks and keeps them for replay into the trigger. */
export class CaptureServer {
	readonly url: string;
	private readonly server: Server;
	private readonly captured: CapturedWebhook[] = [];
	private waiting: (() => void) | null = null;

	private constructor(server: Server) {
		this.server = server;
		this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	}

	static async start(): Promise<CaptureServer> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const capture = new CaptureServer(server);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const challenge = new URL(request.url ?? '/', 'http://x').searchParams.get('hub.challenge');
				response.end(challenge ?? 'ok');
				if (request.method !== 'POST') return;
				capture.captured.push({
					body: { base64: Buffer.concat(chunks).toString('base64') },
					headers: ['content-type', 'x-hub-signature-256'].map((name) => [
						name,
						String(request.headers[name]),
					]),
				});
				capture.waiting?.();
			});
		});
		return capture;
	}

	/** The next `count` webhooks, oldest first. */
	async take(count: number): Promise<CapturedWebhook[]> {
		while (this.captured.length < count) {
			await new Promise<void>((resolve) => (this.waiting = resolve));
		}
		return this.captured.splice(0, count);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
