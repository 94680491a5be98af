/**
 * What the engine tests share: the real node classes in n8n's engine (in a process that stays up,
 * on Node 24), and the simulator in a process of its own. After the test file, everything that was
 * started is stopped.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogLine } from '../../scripts/engine/log';
import type {
	CredentialTestRequest,
	ListSearchRequest,
	ReplayRequest,
	RunNodeRequest,
} from '../../scripts/engine/request';
import type {
	CredentialTestResult,
	ListSearchResult,
	ReplayResult,
	RunNodeResult,
} from '../../scripts/engine/result';
import type { WorkerMessage, WorkerRequest } from '../../scripts/engine/worker';

export const rootFolder = join(__dirname, '..', '..');
/** The repository's own Node.js, whatever runs the tests. */
export const nodeBinary = join(rootFolder, 'node_modules', '.bin', 'node');

// On a busy machine, n8n-core takes seconds to load, and so does the simulator.
jest.setTimeout(60_000);

const stopAll: (() => Promise<void>)[] = [];

afterAll(async () => {
	await Promise.all(stopAll.splice(0).map(async (stop) => await stop()));
});

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exited = once(child, 'exit');
	child.kill(signal);
	await exited;
}

/** What was logged while the request was handled. */
interface Logged {
	logs: LogLine[];
}

export interface Engine {
	pid: number;
	/** Runs one node; a failure of the execution is in `error`, never thrown. */
	runNode(request: RunNodeRequest): Promise<RunNodeResult & Logged>;
	/** Gives the trigger one HTTP request; several may run at once. */
	replayWebhook(request: ReplayRequest): Promise<ReplayResult & Logged>;
	/** Tests a credential as the editor does. */
	testCredential(request: CredentialTestRequest): Promise<CredentialTestResult & Logged>;
	/** Fills the list of a resource locator as the editor does. */
	searchList(request: ListSearchRequest): Promise<ListSearchResult & Logged>;
	/** The end of what the process wrote to standard output and standard error. */
	output(): string;
	/** Ends the process; use `SIGKILL` for a crash. Pending calls are rejected. */
	stop(signal?: NodeJS.Signals): Promise<void>;
}

interface EngineOptions {
	/** Added to the tests' environment, e.g. `N8N_USER_FOLDER` to keep state. */
	env?: Record<string, string>;
}

interface Pending {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/**
 * Starts a process with n8n's engine and this package, freshly bundled.
 *
 * @throws Error if the package does not compile or n8n-core does not load
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
	const child = fork(join(rootFolder, 'scripts', 'engine', 'worker.ts'), {
		cwd: rootFolder,
		execPath: nodeBinary,
		execArgv: [],
		env: { ...process.env, ...options.env },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
		await ended(child, signal);
	stopAll.push(stop);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			output = (output + chunk.toString()).slice(-100_000);
		});
	}
	const pending = new Map<number, Pending>();
	const ready = new Promise<void>((resolve, reject) => {
		child.on('message', (message: WorkerMessage) => {
			if (message.kind === 'ready') resolve();
			else if (message.kind === 'failed') reject(new Error(message.message));
			else {
				pending.get(message.id)?.resolve({ ...message.result, logs: message.logs });
				pending.delete(message.id);
			}
		});
		child.on('exit', (code, signal) => {
			const error = new Error(
				`The engine ended (${String(signal ?? code)}):\n${output.slice(-10_000)}`,
			);
			reject(error);
			for (const call of pending.values()) call.reject(error);
			pending.clear();
		});
	});
	await ready;
	let calls = 0;
	const call = <T>(kind: WorkerRequest['kind'], request: unknown): Promise<T & Logged> =>
		new Promise((resolve, reject) => {
			const id = ++calls;
			pending.set(id, { resolve: resolve, reject });
			child.send({ id, kind, request }, (error) => {
				if (error !== null) reject(error);
			});
		});
	return {
		pid: child.pid ?? 0,
		runNode: (request) => call<RunNodeResult>('runNode', request),
		replayWebhook: (request) => call<ReplayResult>('replayWebhook', request),
		testCredential: (request) => call<CredentialTestResult>('testCredential', request),
		searchList: (request) => call<ListSearchResult>('searchList', request),
		output: () => output,
		stop,
	};
}

let sharedEngine: Promise<Engine> | undefined;

/** One engine per test file, for tests that need no special environment. */
async function shared(): Promise<Engine> {
	return await (sharedEngine ??= startEngine());
}

/** Runs one node in this test file's engine. */
export async function runNode(request: RunNodeRequest): Promise<RunNodeResult & Logged> {
	return await (await shared()).runNode(request);
}

/** Gives one HTTP request to the trigger in this test file's engine. */
export async function replayWebhook(request: ReplayRequest): Promise<ReplayResult & Logged> {
	return await (await shared()).replayWebhook(request);
}

export interface Simulator {
	/** e.g. `http://127.0.0.1:43210`; also the Graph base URL. */
	url: string;
	pid: number;
	/**
	 * Calls the simulator's control API.
	 *
	 * @param path below `/_simulator`, e.g. `/counters`
	 * @throws Error with the answer if its status is not 2xx
	 */
	admin<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
	/** Adds a rule for what goes wrong. */
	addFault(rule: Record<string, unknown>): Promise<void>;
	/** Resets messages, faults, counters and everything else to the state at the start. */
	reset(): Promise<void>;
	counters(): Promise<Record<string, unknown>>;
	stop(signal?: NodeJS.Signals): Promise<void>;
}

const SIMULATOR_READY = /listening on (http:\/\/\S+)/;

/**
 * Starts the simulator on a free port.
 *
 * @param args of `simulator/main.ts`, apart from the port
 * @throws Error with its output if it does not start
 */
export async function startSimulator(args: string[] = []): Promise<Simulator> {
	const child = spawn(nodeBinary, ['simulator/main.ts', '--port', '0', ...args], {
		cwd: rootFolder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
		await ended(child, signal);
	stopAll.push(stop);
	const url = await new Promise<string>((resolve, reject) => {
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				output += `${line}\n`;
				const address = SIMULATOR_READY.exec(line)?.[1];
				if (address !== undefined) resolve(address);
			});
		}
		child.once('exit', (code) => {
			reject(new Error(`The simulator ended with ${String(code)}:\n${output}`));
		});
	});
	const admin = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(`${url}/_simulator${path}`, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (text === '' ? {} : JSON.parse(text)) as T;
	};
	return {
		url,
		pid: child.pid ?? 0,
		admin,
		addFault: async (rule) => {
			await admin('POST', '/faults', rule);
		},
		reset: async () => {
			await admin('POST', '/reset');
		},
		counters: async () => await admin('GET', '/counters'),
		stop,
	};
}
