import type { SimulatorProcess } from './simulatorProcess';

/** When a simulator forgets messages, faults and whatever else a test has changed. */
export type Reset = 'each' | 'first';

/**
 * The simulator for a file's tests, reset before each test, or only before the first.
 *
 * @param args of `simulator/main.ts`, apart from the port
 * @returns the process, which is there once the hooks of the file run
 */
export function usedSimulator(args: readonly string[], reset: Reset): () => SimulatorProcess {
	let simulator: SimulatorProcess | undefined;
	const running = (): SimulatorProcess => {
		if (simulator === undefined) throw new Error('The simulator runs only while the tests do');
		return simulator;
	};
	const resetIt = async (): Promise<void> => {
		const { ok, status } = await fetch(`${running().url}/_simulator/reset`, { method: 'POST' });
		if (!ok) throw new Error(`The simulator answered ${status} when it was to be reset`);
	};
	beforeAll(async () => {
		simulator = await sharedProcesses.simulator(args);
		if (reset === 'first') await resetIt();
	});
	if (reset === 'each') beforeEach(resetIt);
	return running;
}
