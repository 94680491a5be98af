import type { ServerResponse } from 'node:http';
import type { ChatEvents as Events } from '../chat-contract.ts';

/** A page with more unread bytes than this is cut off; it reconnects and reloads the state. */
const maxBufferedBytes = 4 * 1024 * 1024;
/** Keeps proxies from closing a quiet stream. */
const pingMs = 15_000;

/** The Server-Sent Events of the chat page. */
export class ChatEvents {
	readonly #listeners = new Set<ServerResponse>();
	#ping: NodeJS.Timeout | null = null;

	get listeners(): number {
		return this.#listeners.size;
	}

	subscribe(response: ServerResponse): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			connection: 'keep-alive',
			'x-content-type-options': 'nosniff',
		});
		response.write('retry: 1000\n\n');
		this.#listeners.add(response);
		response.once('close', () => this.#drop(response));
		this.#ping ??= setInterval(() => this.#write(': ping\n\n'), pingMs);
	}

	publish<Name extends keyof Events>(name: Name, data: Events[Name]): void {
		if (this.#listeners.size === 0) return;
		this.#write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	close(): void {
		for (const response of this.#listeners) response.end();
	}

	#write(frame: string): void {
		for (const response of this.#listeners) {
			if (response.writableLength > maxBufferedBytes) response.destroy();
			else response.write(frame);
		}
	}

	#drop(response: ServerResponse): void {
		this.#listeners.delete(response);
		if (this.#listeners.size > 0 || !this.#ping) return;
		clearInterval(this.#ping);
		this.#ping = null;
	}
}
