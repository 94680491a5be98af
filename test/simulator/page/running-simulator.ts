/** A real simulator and a business's webhook receiver, both on free loopback ports. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const phoneNumberId = '300000000000001';
const token = 'SIMULATOR_ACCESS_TOKEN';

export type Json = Record<string, unknown>;

export interface RunningSimulator {
	readonly url: string;
	readonly phoneNumberId: string;
	/** Customers' messages that the business's webhook has received, oldest first. */
	readonly received: Json[];
	/** Resolves with the next message that the business receives. */
	nextReceived: () => Promise<Json>;
	/** Sends as the business; returns the message's ID. */
	send: (message: Json) => Promise<string>;
	/** Any other Graph API call. */
	graph: (path: string, body: Json) => Promise<Json>;
	upload: (bytes: Uint8Array<ArrayBuffer>, mimeType: string, name: string) => Promise<string>;
	stop: () => Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

interface Webhook {
	entry?: { changes?: { value?: { messages?: Json[] } }[] }[];
}

function messagesOf(text: string): Json[] {
	const body = JSON.parse(text) as Webhook;
	return (body.entry ?? [])
		.flatMap((entry) => entry.changes ?? [])
		.flatMap((change) => change.value?.messages ?? []);
}

/** Starts both and points the number's webhooks at the receiver. */
export async function startSimulator(args: string[] = []): Promise<RunningSimulator> {
	const ownNode = join(root, 'node_modules/node/bin/node');
	const child = spawn(
		existsSync(ownNode) ? ownNode : process.execPath,
		[join(root, 'simulator/main.ts'), '--port', '0', ...args],
		{ stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let errors = '';
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const url = await new Promise<string>((resolve, reject) => {
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const found = /listening on (http:\/\/\S+)/.exec(output)?.[1];
			if (found !== undefined) resolve(found);
		});
		child.once('exit', () => reject(new Error(`The simulator ended: ${errors}`)));
	});

	const received: Json[] = [];
	let waiting: ((message: Json) => void)[] = [];
	const receiver = createServer((request, response) => {
		const challenge = new URL(request.url ?? '/', url).searchParams.get('hub.challenge');
		if (request.method === 'GET') {
			response.end(challenge ?? '');
			return;
		}
		void readBody(request).then((text) => {
			response.end();
			for (const message of messagesOf(text)) {
				received.push(message);
				waiting.shift()?.(message);
			}
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));

	const graph = async (path: string, body: Json): Promise<Json> => {
		const response = await fetch(`${url}/v25.0/${path}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const answer = (await response.json()) as Json;
		if (!response.ok) throw new Error(JSON.stringify(answer));
		return answer;
	};
	const { port } = receiver.address() as AddressInfo;
	await graph(phoneNumberId, {
		webhook_configuration: {
			override_callback_uri: `http://127.0.0.1:${String(port)}/webhook`,
			verify_token: 'chat-page-test',
		},
	});

	return {
		url,
		phoneNumberId,
		received,
		nextReceived: () => new Promise((resolve) => waiting.push(resolve)),
		send: async (message) => {
			const body = { messaging_product: 'whatsapp', recipient_type: 'individual', ...message };
			const answer = await graph(`${phoneNumberId}/messages`, body);
			const [sent] = answer['messages'] as { id: string }[];
			return sent?.id ?? '';
		},
		graph,
		upload: async (bytes, mimeType, name) => {
			const form = new FormData();
			form.set('messaging_product', 'whatsapp');
			form.set('type', mimeType);
			form.set('file', new Blob([bytes], { type: mimeType }), name);
			const response = await fetch(`${url}/v25.0/${phoneNumberId}/media`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}` },
				body: form,
			});
			const answer = (await response.json()) as Json;
			if (!response.ok) throw new Error(JSON.stringify(answer));
			return String(answer['id']);
		},
		stop: async () => {
			waiting = [];
			receiver.closeAllConnections();
			await new Promise((resolve) => receiver.close(resolve));
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGTERM');
			await ended;
		},
	};
}
