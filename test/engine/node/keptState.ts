import { useEngine, useSimulator, type Engine, type Simulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { withoutStatuses } from './account';

/** What a file's tests share: an engine whose state stays, and a simulator reset before each. */
export interface KeptState {
	readonly folder: UserFolder;
	readonly engine: Engine;
	readonly simulator: Simulator;
}

/** Both for a file's tests, with a folder that is removed after them; call it at the top. */
export function keepState(): KeptState {
	const folder = new UserFolder();
	afterAll(async () => await folder.remove());
	return {
		folder,
		engine: useEngine({ N8N_USER_FOLDER: folder.path }),
		simulator: useSimulator(withoutStatuses),
	};
}
