import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Json } from './json';

interface StreamEvent {
	name: string;
	data: Json;
}

/** What `GET /_simulator/chat/events` streams. */
export class EventStream {
	readonly events: StreamEvent[] = [];
	#response: IncomingMessage | null = null;
	#wake: (() => void)[] = [];

	async open(baseUrl: string): Promise<this> {
		const response = await new Promise<IncomingMessage>((resolve) =>
			get(`${baseUrl}/_simulator/chat/events`, resolve),
		);
		this.#response = response;
		let buffer = '';
		response.setEncoding('utf8').on('data', (chunk: string) => {
			buffer += chunk;
			const frames = buffer.split('\n\n');
			buffer = frames.pop() ?? '';
			for (const frame of frames) this.#take(frame);
		});
		response.on('error', () => undefined);
		return this;
	}

	get contentType(): string | undefined {
		return this.#response?.headers['content-type'];
	}

	/** Waits for an event of this name that matches. */
	async next(name: string, agrees: (data: Json) => boolean = () => true): Promise<Json> {
		for (;;) {
			const found = this.events.find((event) => event.name === name && agrees(event.data));
			if (found) return found.data;
			await new Promise<void>((resolve) => this.#wake.push(resolve));
		}
	}

	close(): void {
		this.#response?.destroy();
	}

	#take(frame: string): void {
		const name = /^event: (.*)$/m.exec(frame)?.[1];
		const data = /^data: (.*)$/m.exec(frame)?.[1];
		if (name === undefined || data === undefined) return;
		this.events.push({ name, data: JSON.parse(data) as Json });
		for (const wake of this.#wake.splice(0)) wake();
	}
}
