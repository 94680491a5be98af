/** The page's calls to the simulator's server, all under `/_simulator/chat`. */

import type {
	ChatCustomer,
	ChatMediaUpload,
	ChatState,
	JsonObject,
	NewChatCustomer,
	NewChatMessage,
} from '../../chat-contract.ts';
import { textAt } from './json.ts';

const simulator = '/_simulator';
const base = `${simulator}/chat`;

/** An answer other than 2xx, with the server's message if it has one. */
class RequestFailed extends Error {
	readonly httpStatus: number;

	constructor(httpStatus: number, message: string) {
		super(message);
		this.name = 'RequestFailed';
		this.httpStatus = httpStatus;
	}
}

async function request(path: string, init?: RequestInit): Promise<unknown> {
	return await requestAt(base + path, init);
}

async function requestAt(url: string, init?: RequestInit): Promise<unknown> {
	const response = await fetch(url, init);
	const text = await response.text();
	let body: unknown = null;
	try {
		body = text === '' ? null : (JSON.parse(text) as unknown);
	} catch {
		body = null;
	}
	if (!response.ok) {
		const words =
			textAt(body, 'error', 'message') || textAt(body, 'message') || textAt(body, 'error');
		throw new RequestFailed(
			response.status,
			words === '' ? `The simulator answered ${String(response.status)}` : words,
		);
	}
	return body;
}

function post(path: string, body: object): Promise<unknown> {
	return request(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

/** Everything the page shows initially. Throws {@link RequestFailed}. */
export async function fetchState(): Promise<ChatState> {
	return (await request('/state')) as ChatState;
}

/** Adds a customer; the server fills in what is missing. Throws {@link RequestFailed}. */
export async function createCustomer(customer: NewChatCustomer): Promise<ChatCustomer> {
	return (await post('/customers', customer)) as ChatCustomer;
}

/** Sends a message as the customer and returns its ID. Throws {@link RequestFailed}. */
export async function sendMessage(message: NewChatMessage): Promise<string> {
	return textAt(await post('/messages', message), 'id');
}

/** Uploads a file from the customer. Throws {@link RequestFailed}. */
export async function uploadMedia(file: File): Promise<ChatMediaUpload> {
	const form = new FormData();
	form.append('file', file, file.name);
	return (await request('/media', { method: 'POST', body: form })) as ChatMediaUpload;
}

/** The customer has seen the business's messages. Throws {@link RequestFailed}. */
export async function markRead(phoneNumberId: string, customer: string): Promise<void> {
	await post('/read', { phoneNumberId, customer });
}

/** The customer has played a voice message of the business. Throws {@link RequestFailed}. */
export async function markPlayed(messageId: string): Promise<void> {
	await post('/played', { messageId });
}

/** The customer has opened a link of a template's button. Throws {@link RequestFailed}. */
export async function reportLink(messageId: string, text: string): Promise<void> {
	await post('/link', { messageId, text });
}

/** Does to a template what Meta would do. Throws {@link RequestFailed}. */
export async function changeTemplate(id: string, change: JsonObject): Promise<void> {
	await requestAt(`${simulator}/templates/${encodeURIComponent(id)}`, {
		method: 'PATCH',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(change),
	});
}

/** Deletes a template at once. Throws {@link RequestFailed}. */
export async function deleteTemplate(id: string): Promise<void> {
	await requestAt(`${simulator}/templates/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** URL of the file with this media ID. */
export function mediaUrl(mediaId: string): string {
	return `${base}/media/${encodeURIComponent(mediaId)}`;
}

/** URL of the server's event stream. */
export const eventsUrl = `${base}/events`;
