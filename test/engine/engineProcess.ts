import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { LogLine } from '../../scripts/engine/log';
import type {
	CredentialTestRequest,
	ListSearchRequest,
	ReplayRequest,
	ResumeRequest,
	RunNodeRequest,
} from '../../scripts/engine/request';
import type {
	CredentialTestResult,
	ListSearchResult,
	MapFieldsResult,
	ReloadResult,
	ReplayResult,
	ResumeResult,
	RunNodeResult,
} from '../../scripts/engine/result';
import type { WorkerMessage, WorkerRequest } from '../../scripts/engine/worker';
import { nodeBinary, rootFolder } from '../simulatorProcess';

/** What was logged while the request was handled. */
export interface Logged {
	logs: LogLine[];
}

/** n8n's engine with this package. */
export interface Engine {
	/** Runs one node; a failure of the execution is in `error`, never thrown. */
	runNode(request: RunNodeRequest): Promise<RunNodeResult & Logged>;
	/** Calls an execution that waits, or lets its time end. */
	resumeNode(request: ResumeRequest): Promise<ResumeResult & Logged>;
	/** Gives the trigger one HTTP request; several may run at once. */
	replayWebhook(request: ReplayRequest): Promise<ReplayResult & Logged>;
	/** Tests a credential as the editor does. */
	testCredential(request: CredentialTestRequest): Promise<CredentialTestResult & Logged>;
	/** Fills the list of a resource locator as the editor does. */
	searchList(request: ListSearchRequest): Promise<ListSearchResult & Logged>;
	mapFields(request: ListSearchRequest): Promise<MapFieldsResult & Logged>;
	/** The end of what the process wrote to standard output and standard error. */
	output(): string;
	/**
	 * Loads the package anew, as in a process that has just started, in the environment of the tests
	 * with these variables.
	 */
	reload(env: Record<string, string>): Promise<void>;
	/** Lets the process believe that it is so much later than it is, until it reloads the package. */
	later(ms: number): Promise<void>;
}

/** An engine in a process that the test may end. */
export interface EngineProcess extends Engine {
	pid: number;
	/** Ends the process; use `SIGKILL` for a crash. Pending calls are rejected. */
	stop(signal?: NodeJS.Signals): Promise<void>;
	/** Lets the process that has started this one end; this one then ends, too. */
	unref(): void;
	hasEnded(): boolean;
}

interface Pending {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/**
 * Starts a process with n8n's engine and this package, bundled from source.
 *
 * @param env added to the tests' environment, e.g. `N8N_USER_FOLDER` to keep state
 * @throws Error if the package does not compile or n8n-core does not load
 */
export async function startEngineProcess(env: Record<string, string> = {}): Promise<EngineProcess> {
	const child = fork(join(rootFolder, 'scripts', 'engine', 'worker.ts'), {
		cwd: rootFolder,
		execPath: nodeBinary,
		execArgv: [],
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			output = (output + chunk.toString()).slice(-100_000);
		});
	}
	const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
	const pending = new Map<number, Pending>();
	await new Promise<void>((resolve, reject) => {
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
		resumeNode: (request) => call<ResumeResult>('resumeNode', request),
		replayWebhook: (request) => call<ReplayResult>('replayWebhook', request),
		testCredential: (request) => call<CredentialTestResult>('testCredential', request),
		searchList: (request) => call<ListSearchResult>('searchList', request),
		mapFields: (request) => call<MapFieldsResult>('mapFields', request),
		output: () => output,
		async stop(signal = 'SIGTERM') {
			if (hasEnded()) return;
			const exited = once(child, 'exit');
			child.kill(signal);
			await exited;
		},
		async reload(changes) {
			output = '';
			const { error } = await call<ReloadResult>('reload', changes);
			if (error !== undefined) throw new Error(error.message);
		},
		async later(ms) {
			const { error } = await call<ReloadResult>('later', { ms });
			if (error !== undefined) throw new Error(error.message);
		},
		unref() {
			child.unref();
			child.channel?.unref();
			for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
		},
		hasEnded,
	};
}
