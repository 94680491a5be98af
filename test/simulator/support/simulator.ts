import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

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

/** A simulator process of its own, on a free port. */
export class RunningSimulator {
	readonly url: string;
	/** Everything it has printed. */
	readonly output: () => string;
	readonly #child: ChildProcessByStdio<null, Readable, Readable>;

	constructor(
		url: string,
		child: ChildProcessByStdio<null, Readable, Readable>,
		output: () => string,
	) {
		this.url = url;
		this.#child = child;
		this.output = output;
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

	async upload(bytes: Uint8Array, mimeType: string, filename = 'file'): Promise<Answer> {
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		form.set('type', mimeType);
		form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), filename);
		return await this.graph(`/${ids.phoneNumber}/media`, { body: form });
	}

	/** For inspecting the process's memory. */
	get pid(): number {
		return this.#child.pid ?? 0;
	}

	async stop(): Promise<number | null> {
		const exited = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
		if (this.#child.exitCode !== null) return this.#child.exitCode;
		this.#child.kill('SIGTERM');
		return await exited;
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

/** Starts `node simulator/main.ts --port 0` and waits for its first line. */
export async function startSimulator(...args: string[]): Promise<RunningSimulator> {
	const folder = join(__dirname, '../../..');
	const child = spawn(process.execPath, ['simulator/main.ts', '--port', '0', ...args], {
		cwd: folder,
		// A child does not inherit Jest's copy of the environment by itself.
		env: { ...process.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	child.stderr.on('data', (chunk) => (output += String(chunk)));
	const url = await new Promise<string>((resolve, reject) => {
		child.stdout.on('data', (chunk) => {
			output += String(chunk);
			const found = /listening on (http:\/\/\S+)/.exec(output)?.[1];
			if (found) resolve(found);
		});
		child.once('exit', (code) => reject(new Error(`exit ${String(code)}: ${output}`)));
	});
	return new RunningSimulator(url, child, () => output);
}
