import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Simulator } from '../engine/harness';

const timeoutMs = 60_000;

/** A webhook as received. */
export interface SignedWebhook {
	body: string;
	signature: string;
}

/** Receives the simulator's webhooks, so that a test decides when they reach the trigger. */
interface StatusInbox {
	/**
	 * Returns all webhooks as soon as they contain this many statuses.
	 *
	 * @throws Error if they do not come within a minute
	 */
	takeStatuses(count: number): Promise<SignedWebhook[]>;
	stop(): Promise<void>;
}

/** Opens an inbox and sets it as the callback of the simulator's account. */
export async function openStatusInbox(simulator: Simulator): Promise<StatusInbox> {
	const webhooks: SignedWebhook[] = [];
	let statuses = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			statuses += body.split('"status":').length - 1;
			webhooks.push({ body, signature: String(request.headers['x-hub-signature-256']) });
			response.end('ok');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await simulator.admin('PATCH', '/account', {
		webhook: { callbackUrl: `http://127.0.0.1:${port}/` },
	});
	return {
		async takeStatuses(count) {
			const deadline = performance.now() + timeoutMs;
			while (statuses < count) {
				if (performance.now() > deadline) {
					throw new Error(`${statuses} of ${count} statuses came within ${timeoutMs / 1000} s`);
				}
				await sleep(100);
			}
			return webhooks;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
