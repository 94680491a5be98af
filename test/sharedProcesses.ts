import { TestEnvironment } from 'jest-environment-node';

import { startEngineProcess, type EngineProcess } from './engine/engineProcess';
import { startSharedPostgres, type SharedPostgres } from './sharedPostgres';
import { startSimulatorProcess, type SimulatorProcess } from './simulatorProcess';

/** Processes that the files of one Jest worker use one after the other: they take long to start. */
interface SharedProcesses {
	/** n8n's engine; it loads the package anew, in the environment with these variables. */
	engine(env: Record<string, string>): Promise<EngineProcess>;
	/** The simulator that was started with these arguments, as after its start. */
	simulator(args: readonly string[]): Promise<SimulatorProcess>;
	postgres(): Promise<SharedPostgres>;
}

declare global {
	var sharedProcesses: SharedProcesses;
}

// Jest loads this file once per worker, outside of what it makes anew for each test file.
const engines = new Map<string, Promise<EngineProcess>>();
const simulators = new Map<string, Promise<SimulatorProcess>>();
const servers = new Map<string, Promise<SharedPostgres>>();

/** The process that runs under this key, or a new one if there is none or it has ended. */
async function running<T extends EngineProcess | SimulatorProcess | SharedPostgres>(
	processes: Map<string, Promise<T>>,
	key: string,
	start: () => Promise<T>,
): Promise<T> {
	const known = await processes.get(key)?.catch(() => undefined);
	if (known?.hasEnded() === false) return known;
	const starting = start();
	processes.set(key, starting);
	const started = await starting;
	started.unref();
	return started;
}

const sharedProcesses: SharedProcesses = {
	async engine(env) {
		const engine = await running(engines, '', startEngineProcess);
		await engine.reload(env);
		return engine;
	},
	simulator: async (args) =>
		await running(simulators, args.join(' '), async () => await startSimulatorProcess(args)),
	postgres: async () => await running(servers, '', startSharedPostgres),
};

/** Node's environment for tests, with the processes that test files share. */
export default class extends TestEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		this.global.sharedProcesses = sharedProcesses;
	}
}
