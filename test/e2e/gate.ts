import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StandIn } from './stand-ins';

/** What executions wait at until the test lets them go on, in the place of a Wait node. */
export class Gate {
	private readonly server: Server;
	private readonly waiting = new Set<ServerResponse>();
	private isOpen = false;

	constructor() {
		this.server = createServer((_request, response) => {
			if (this.isOpen) response.end('{}');
			else this.waiting.add(response);
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	/** Answers once it is open. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
	}

	/** The nodes after it get an empty item in the place of each; n8n waits for five minutes. */
	get standIn(): StandIn {
		return {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: this.url, options: {} },
		};
	}

	open(): void {
		this.isOpen = true;
		for (const response of this.waiting) response.end('{}');
		this.waiting.clear();
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
