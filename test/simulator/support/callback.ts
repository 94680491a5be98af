import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './json';
import { at, listAt, textAt } from './json';

interface ReceivedWebhook {
	path: string;
	headers: IncomingHttpHeaders;
	/** The bytes as received. */
	raw: Buffer;
	/** `entry[0].changes[0].value`. */
	value: Json;
	field: string;
	businessAccountId: string;
}

type Answering = (webhook: ReceivedWebhook, index: number) => { status: number } | 'silence';

/** A business's webhook: verifies like one, and keeps what it receives. */
export class Callback {
	readonly received: ReceivedWebhook[] = [];
	/** Handshakes as received: path and query. */
	readonly handshakes: URLSearchParams[] = [];
	verifyToken = 'verify-me';
	answering: Answering = () => ({ status: 200 });
	readonly #server: Server;
	#wake: (() => void)[] = [];

	constructor() {
		this.#server = createServer((request, response) => {
			const url = new URL(request.url ?? '/', 'http://callback');
			if (request.method === 'GET') {
				this.handshakes.push(url.searchParams);
				const isRight = url.searchParams.get('hub.verify_token') === this.verifyToken;
				response.writeHead(isRight ? 200 : 403, { 'content-type': 'text/plain' });
				response.end(isRight ? url.searchParams.get('hub.challenge') : 'no');
				return;
			}
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const raw = Buffer.concat(chunks);
				const entry = at(JSON.parse(raw.toString('utf8')), 'entry', 0);
				const webhook: ReceivedWebhook = {
					path: url.pathname,
					headers: request.headers,
					raw,
					value: at(entry, 'changes', 0, 'value') as Json,
					field: textAt(entry, 'changes', 0, 'field'),
					businessAccountId: textAt(entry, 'id'),
				};
				this.received.push(webhook);
				const answer = this.answering(webhook, this.received.length - 1);
				for (const wake of this.#wake.splice(0)) wake();
				if (answer === 'silence') return;
				response.writeHead(answer.status);
				response.end('ok');
			});
		});
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	/** Waits until what was received meets the condition. */
	async until(condition: (received: ReceivedWebhook[]) => boolean): Promise<void> {
		while (!condition(this.received)) {
			await new Promise<void>((resolve) => this.#wake.push(resolve));
		}
	}

	/** Statuses in the order received, e.g. `sent`. */
	statuses(): Json[] {
		return this.received.flatMap(({ value }) => listAt(value, 'statuses'));
	}

	messages(): Json[] {
		return this.received.flatMap(({ value }) => listAt(value, 'messages'));
	}

	/** Waits until the message with this ID has arrived. */
	async message(id: string): Promise<Json> {
		const find = (): Json | undefined => this.messages().find((message) => message['id'] === id);
		await this.until(() => find() !== undefined);
		return find() ?? {};
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
