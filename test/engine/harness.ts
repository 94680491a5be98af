/**
 * What the engine tests share: the real node classes in n8n's engine, and the simulator, each in a
 * process of its own on Node 24. The tests of a file share both with other files of the same Jest
 * worker, as new; what a file starts for itself is stopped after it.
 */
import type { ReplayRequest, RunNodeRequest } from '../../scripts/engine/request';
import type { ReplayResult, RunNodeResult } from '../../scripts/engine/result';
import { startEngineProcess, type Engine, type EngineProcess, type Logged } from './engineProcess';
import { startSimulatorProcess, type SimulatorProcess } from '../simulatorProcess';
import { usedSimulator, type Reset } from '../usedSimulator';

export type { Engine, EngineProcess } from './engineProcess';
export { nodeBinary, rootFolder } from '../simulatorProcess';

// On a busy machine, n8n-core takes seconds to load, and so does the simulator.
jest.setTimeout(60_000);

const started: { stop(): Promise<unknown> }[] = [];

afterAll(async () => {
	await Promise.all(started.splice(0).map(async (process) => await process.stop()));
});

/**
 * Starts an engine for this test file alone.
 *
 * @param options.env added to the tests' environment, e.g. `N8N_USER_FOLDER` to keep state
 * @throws Error if the package does not compile or n8n-core does not load
 */
export async function startEngine({
	env = {},
}: { env?: Record<string, string> } = {}): Promise<EngineProcess> {
	const engine = await startEngineProcess(env);
	started.push(engine);
	return engine;
}

/**
 * The engine for a file's tests, with the package loaded anew; call it at the top of the file.
 *
 * @param env variables that the package reads, e.g. `N8N_USER_FOLDER` to keep state
 */
export function useEngine(env: Record<string, string> = {}): Engine {
	let engine: Engine | undefined;
	beforeAll(async () => {
		engine = await sharedProcesses.engine(env);
	});
	const running = (): Engine => {
		if (engine === undefined) throw new Error('The engine runs only while the tests do');
		return engine;
	};
	return {
		runNode: async (request) => await running().runNode(request),
		resumeNode: async (request) => await running().resumeNode(request),
		replayWebhook: async (request) => await running().replayWebhook(ofAnyAccount(request)),
		testCredential: async (request) => await running().testCredential(request),
		searchList: async (request) => await running().searchList(request),
		mapFields: async (request) => await running().mapFields(request),
		output: () => running().output(),
		reload: async (changed) => await running().reload(changed),
		later: async (ms) => await running().later(ms),
	};
}

export interface Simulator {
	/** e.g. `http://127.0.0.1:43210`; also the Graph base URL. */
	readonly url: string;
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
}

function simulatorOf(process: () => SimulatorProcess): Simulator {
	const admin = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(`${process().url}/_simulator${path}`, {
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
		get url() {
			return process().url;
		},
		admin,
		addFault: async (rule) => {
			await admin('POST', '/faults', rule);
		},
		reset: async () => {
			await admin('POST', '/reset');
		},
		counters: async () => await admin('GET', '/counters'),
	};
}

/**
 * Starts a simulator for this test file alone.
 *
 * @param args of `simulator/main.ts`, apart from the port
 * @throws Error with its output if it does not start
 */
export async function startSimulator(
	args: string[] = [],
): Promise<Simulator & Pick<SimulatorProcess, 'pid'>> {
	const process = await startSimulatorProcess(args);
	started.push(process);
	return Object.assign(
		simulatorOf(() => process),
		{ pid: process.pid },
	);
}

/**
 * The simulator for a file's tests, as new before each of them; call it at the top of the file.
 *
 * @param args of `simulator/main.ts`, apart from the port
 * @param reset `first` for tests that build on each other
 */
export function useSimulator(args: readonly string[] = [], reset: Reset = 'each'): Simulator {
	return simulatorOf(usedSimulator(args, reset));
}

let sharedEngine: Promise<Engine> | undefined;

/** The engine of a test file that needs no special environment. */
async function shared(): Promise<Engine> {
	return await (sharedEngine ??= sharedProcesses.engine({}));
}

/** Runs one node in this test file's engine. */
export async function runNode(request: RunNodeRequest): Promise<RunNodeResult & Logged> {
	return await (await shared()).runNode(request);
}

/** Gives one HTTP request to the trigger in this test file's engine. */
export async function replayWebhook(request: ReplayRequest): Promise<ReplayResult & Logged> {
	return await (await shared()).replayWebhook(ofAnyAccount(request));
}

/** This package's trigger takes events of every account, unless a test says otherwise. */
const ofAnyAccount = (request: ReplayRequest): ReplayRequest =>
	request.node === undefined
		? { ...request, parameters: { registration: 'manual', ...request.parameters } }
		: request;
