import { startSimulatorProcess, type SimulatorProcess } from '../../simulatorProcess';
import { usedSimulator, type Reset } from '../../usedSimulator';
import { at, textAt, type Json } from './json';

export const ids = {
	app: '100000000000001',
	businessAccount: '200000000000001',
	phoneNumber: '300000000000001',
	secondPhoneNumber: '300000000000002',
	group: 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
	catalog: '500000000000001',
	flow: '600000000000001',
} as const;

export const accessToken = 'SIMULATOR_ACCESS_TOKEN';
export const appSecret = 'simulator-app-secret';
export const appToken = `${ids.app}|${appSecret}`;
/** A customer that the simulator knows. */
export const ana = '15550200001';

export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed; null if the answer was not JSON. */
	body: unknown;
	text: string;
}

interface CallOptions {
	method?: string;
	/** Sent as JSON. */
	json?: unknown;
	body?: RequestInit['body'];
	/** Null sends none. */
	token?: string | null;
	headers?: Record<string, string>;
}

/** What tests do with a simulator. */
export class RunningSimulator {
	readonly #running: () => SimulatorProcess;

	constructor(running: () => SimulatorProcess) {
		this.#running = running;
	}

	get url(): string {
		return this.#running().url;
	}

	/** Calls the Graph API at v25.0 with the default token. */
	async graph(path: string, options: CallOptions = {}): Promise<Answer> {
		const { token = accessToken, json, body, headers = {} } = options;
		const response = await fetch(`${this.url}/v25.0${path}`, {
			method: options.method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
			headers: {
				...(token === null ? {} : { authorization: `Bearer ${token}` }),
				...(json === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: json === undefined ? (body ?? null) : JSON.stringify(json),
		});
		return await answerOf(response);
	}

	/** Calls the simulator's own API. */
	async admin(path: string, json?: unknown, method?: string): Promise<unknown> {
		const response = await fetch(`${this.url}/_simulator${path}`, {
			method: method ?? (json === undefined ? 'GET' : 'POST'),
			headers: json === undefined ? {} : { 'content-type': 'application/json' },
			body: json === undefined ? null : JSON.stringify(json),
		});
		const answer = await answerOf(response);
		if (!response.ok) throw new Error(`${path}: ${response.status} ${answer.text}`);
		return answer.body;
	}

	/** Sends a message; the parts replace those of a plain text message. */
	async send(parts: Record<string, unknown> = {}, options: CallOptions = {}): Promise<Answer> {
		return await this.graph(`/${ids.phoneNumber}/messages`, { json: message(parts), ...options });
	}

	/** Sends a message as `send` does, and returns 200 or Meta's error code. */
	async outcome(parts: Record<string, unknown>): Promise<unknown> {
		const answer = await this.send(parts);
		return answer.status === 200 ? 200 : at(answer.body, 'error', 'code');
	}

	/** Sends a message as `send` does, and returns its ID. */
	async sendId(parts: Json): Promise<string> {
		return textAt((await this.send(parts)).body, 'messages', 0, 'id');
	}

	/**
	 * Writes to the business as a customer does in the chat page, and returns the message's ID.
	 *
	 * @param contextId the message it answers
	 */
	async say(message: Json, contextId?: string, customer: string = ana): Promise<string> {
		const context = contextId === undefined ? {} : { contextId };
		const said = { phoneNumberId: ids.phoneNumber, customer, message, ...context };
		return textAt(await this.admin('/chat/messages', said), 'id');
	}

	async upload(bytes: Uint8Array, mimeType: string, filename = 'file'): Promise<Answer> {
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		form.set('type', mimeType);
		form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), filename);
		return await this.graph(`/${ids.phoneNumber}/media`, { body: form });
	}

	/** For inspecting the process's memory. */
	get pid(): number {
		return this.#running().pid;
	}
}

/** A text to Ana, with the given parts replacing its own. */
export function message(parts: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		messaging_product: 'whatsapp',
		to: `+${ana}`,
		...(parts['type'] === undefined ? { type: 'text', text: { body: 'Hello' } } : {}),
		...parts,
	};
}

async function answerOf(response: Response): Promise<Answer> {
	const text = await response.text();
	let body: unknown = null;
	try {
		body = JSON.parse(text);
	} catch {
		// Some faults do not answer with JSON.
	}
	return { status: response.status, headers: response.headers, body, text };
}

/** A simulator that the test ends. */
export class OwnSimulator extends RunningSimulator {
	/** Everything it has printed. */
	readonly output: () => string;
	/** @returns its exit code */
	readonly stop: () => Promise<number | null>;

	constructor(process: SimulatorProcess) {
		super(() => process);
		this.output = () => process.output();
		this.stop = async () => await process.stop();
	}
}

/** Starts a simulator with these arguments. */
export async function startSimulator(...args: string[]): Promise<OwnSimulator> {
	return new OwnSimulator(await startSimulatorProcess(args));
}

/**
 * The simulator for a file's tests, as new before each of them; call it at the top of the file.
 *
 * @param args of `simulator/main.ts`, apart from the port
 * @param reset `first` for tests that build on each other
 */
export function useSimulator(
	args: readonly string[] = [],
	reset: Reset = 'each',
): RunningSimulator {
	return new RunningSimulator(usedSimulator(args, reset));
}
