/** A real simulator and a business's webhook receiver, both on free loopback ports. */

import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startSimulatorProcess } from '../../simulatorProcess';

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
	const simulator = await startSimulatorProcess(args);
	const { url } = simulator;

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
			await simulator.stop();
		},
	};
}
