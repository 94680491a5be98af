import { startEngine, startSimulator, type Engine, type Simulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { withoutStatuses } from './account';

/** What a file's tests share: an engine whose state stays, and a simulator reset before each. */
interface KeptState {
	readonly folder: UserFolder;
	readonly engine: Engine;
	readonly simulator: Simulator;
}

/** Starts both before a file's tests and removes everything after them; call it at the top. */
export function keepState(): KeptState {
	const folder = new UserFolder();
	let engine: Engine | undefined;
	let simulator: Simulator | undefined;
	const running = <T>(process: T | undefined): T => {
		if (process === undefined) throw new Error('It runs only while the tests do');
		return process;
	};
	beforeAll(async () => {
		[simulator, engine] = await Promise.all([
			startSimulator(withoutStatuses),
			startEngine({ env: { N8N_USER_FOLDER: folder.path } }),
		]);
	});
	beforeEach(async () => await running(simulator).reset());
	afterAll(async () => {
		await engine?.stop();
		await folder.remove();
	});
	return {
		folder,
		get engine() {
			return running(engine);
		},
		get simulator() {
			return running(simulator);
		},
	};
}
