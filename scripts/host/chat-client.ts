import type { ChatMessage, ChatState, ChatTyping } from '../../simulator/chat-contract.ts';

/** What to do with each kind of event. */
interface Listener {
	/** A message was added or changed. */
	message(message: ChatMessage): void;
	typing(typing: ChatTyping): void;
}

/** The customer's side of the simulator, as the chat page uses it. */
export class ChatClient {
	readonly #baseUrl: string;

	/** @param baseUrl of the simulator, without a trailing slash */
	constructor(baseUrl: string) {
		this.#baseUrl = `${baseUrl}/_simulator/chat`;
	}

	async state(): Promise<ChatState> {
		const response = await fetch(`${this.#baseUrl}/state`);
		return (await response.json()) as ChatState;
	}

	/** Types a text as a customer; returns the message's ID. */
	async type(phoneNumberId: string, customer: string, text: string): Promise<string> {
		return await this.send(phoneNumberId, customer, { type: 'text', text: { body: text } });
	}

	/** Sends a message as a customer; returns its ID. */
	async send(
		phoneNumberId: string,
		customer: string,
		message: { type: string } & Record<string, unknown>,
	): Promise<string> {
		const { id } = await this.#post<{ id: string }>('messages', {
			phoneNumberId,
			customer,
			message,
		});
		return id;
	}

	/** Adds somebody, or changes their name. */
	async addCustomer(customer: { waId: string; name: string }): Promise<void> {
		await this.#post('customers', customer);
	}

	/** @throws Error if the simulator refuses it */
	async #post<T>(path: string, body: unknown): Promise<T> {
		const response = await fetch(`${this.#baseUrl}/${path}`, {
			method: 'POST',
			// The simulator may close an idle connection just as it is reused.
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify(body),
		});
		const answer = await response.text();
		if (!response.ok) throw new Error(`The simulator refused ${path}: ${answer}`);
		return JSON.parse(answer) as T;
	}

	/** Uploads a file for a customer's message; returns its ID. */
	async upload(file: File): Promise<string> {
		const form = new FormData();
		form.append('file', file);
		const response = await fetch(`${this.#baseUrl}/media`, { method: 'POST', body: form });
		return ((await response.json()) as { id: string }).id;
	}

	/** Reports what happens in all conversations until `signal` aborts. */
	async listen(listener: Listener, signal: AbortSignal): Promise<void> {
		const response = await fetch(`${this.#baseUrl}/events`, { signal });
		if (response.body === null) throw new Error('The simulator sent no event stream.');
		void this.#read(response.body, listener, signal);
	}

	async #read(
		body: ReadableStream<Uint8Array>,
		listener: Listener,
		signal: AbortSignal,
	): Promise<void> {
		let buffer = '';
		const decoder = new TextDecoder();
		try {
			for await (const chunk of body) {
				buffer += decoder.decode(chunk, { stream: true });
				const frames = buffer.split('\n\n');
				buffer = frames.pop() ?? '';
				for (const frame of frames) dispatch(frame, listener);
			}
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}
}

function dispatch(frame: string, listener: Listener): void {
	const name = /^event: (.*)$/m.exec(frame)?.[1];
	const data = /^data: (.*)$/m.exec(frame)?.[1];
	if (data === undefined) return;
	if (name === 'message') listener.message(JSON.parse(data) as ChatMessage);
	if (name === 'typing') listener.typing(JSON.parse(data) as ChatTyping);
}

/** The text of a text message, or the type of any other. */
export function readableText(message: ChatMessage): string {
	const text = message.body['text'];
	return typeof text === 'object' && text !== null && 'body' in text
		? String(text.body)
		: `[${message.type}]`;
}
