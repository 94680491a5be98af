import { createHmac } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testAccount } from '../scripts/host/test-account.ts';

/** How a receiver treats a webhook. `hang` takes the bytes and never answers. */
type Behaviour = 'take' | 'refuse' | 'err' | 'redirect' | 'hang';

/** What a receiver got. */
interface Got {
	deliveryId: string;
	/** IDs of the messages in it. */
	messageIds: string[];
	isSigned: boolean;
	isTaken: boolean;
}

/** Another system that webhooks are forwarded to, on a socket of its own. */
export class Receiver {
	behaviour: Behaviour;
	/** Everything that arrived, in order. */
	readonly got: Got[] = [];
	readonly port: number;
	/** Texts in webhooks that it does not take, whatever it does otherwise, and its HTTP status for them. */
	readonly poison = new Map<string, number | 'hang'>();
	/** How long it thinks before it takes something, in milliseconds. */
	thinksMs = 0;
	private server: Server;

	private constructor(server: Server, port: number, behaviour: Behaviour) {
		this.server = server;
		this.port = port;
		this.behaviour = behaviour;
	}

	static async start(behaviour: Behaviour): Promise<Receiver> {
		const server = createServer();
		await listen(server, 0);
		const receiver = new Receiver(server, (server.address() as AddressInfo).port, behaviour);
		receiver.serve();
		return receiver;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}/hook`;
	}

	/** IDs of the messages that it has taken, as often as it has. */
	get taken(): string[] {
		return this.got.filter(({ isTaken }) => isTaken).flatMap(({ messageIds }) => messageIds);
	}

	/** IDs of the messages that it has not taken, at one time or another. */
	get refusedIds(): Set<string> {
		return new Set(
			this.got.filter(({ isTaken }) => !isTaken).flatMap(({ messageIds }) => messageIds),
		);
	}

	/** Connections are refused from now on. */
	async goDown(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	async comeUp(): Promise<void> {
		this.server = createServer();
		await listen(this.server, this.port);
		this.serve();
	}

	private serve(): void {
		this.server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks);
				const signature = createHmac('sha256', testAccount.appSecret).update(body).digest('hex');
				const { headers } = request;
				const ids = body.toString().match(/wamid\.[\w+/=-]+/g) ?? [];
				const got: Got = {
					deliveryId: String(headers['x-whatsapp-cloud-delivery']),
					messageIds: [...new Set(ids)],
					isSigned: headers['x-hub-signature-256'] === `sha256=${signature}`,
					isTaken: false,
				};
				this.got.push(got);
				const [, poison] = [...this.poison].find(([text]) => body.includes(text)) ?? [];
				if (typeof poison === 'number') response.writeHead(poison).end();
				else if (poison === undefined && this.behaviour === 'take') {
					setTimeout(() => this.take(got, response), this.thinksMs);
				} else if (poison === undefined) this.turnAway(response);
			});
		});
	}

	private take(got: Got, response: ServerResponse): void {
		got.isTaken = true;
		response.writeHead(200).end();
	}

	private turnAway(response: ServerResponse): void {
		if (this.behaviour === 'refuse') response.writeHead(503).end();
		if (this.behaviour === 'err') response.writeHead(500).end();
		if (this.behaviour === 'redirect') {
			response.writeHead(302, { location: `${this.url}/elsewhere` }).end();
		}
	}
}

const listen = async (server: Server, port: number): Promise<void> =>
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
