import type { RunNodeResult } from '../../../scripts/engine/result';
import { runNode, useSimulator, type Simulator } from '../harness';
import { credentials, withoutStatuses } from './account';
import { binaryFile } from './files';

/** An item of a run, with its files. */
export interface MediaItem {
	json?: Record<string, unknown>;
	binary?: Record<string, ReturnType<typeof binaryFile>>;
}

interface MediaSends {
	readonly simulator: Simulator;
	/** Runs Send Media with these parameters. */
	readonly send: (
		parameters: Record<string, unknown>,
		items?: MediaItem[],
	) => Promise<RunNodeResult>;
	/** How many files have been uploaded. */
	readonly uploads: () => Promise<unknown>;
}

/** What tests of Send Media share; call it at the top of the file. */
export function mediaSends(): MediaSends {
	const simulator = useSimulator(withoutStatuses);
	return {
		simulator,
		send: async (parameters, items = [{}]) =>
			await runNode({
				node: 'whatsAppCloud',
				parameters: { operation: 'sendMedia', recipient: '+15551234567', ...parameters },
				credentials: credentials(simulator.url),
				items,
				onError: 'continueRegularOutput',
			}),
		uploads: async () => (await simulator.counters())['uploads'],
	};
}

/** One item with this file. */
export const withFile = (content: Uint8Array, mimeType = '', fileName?: string): MediaItem[] => [
	{ binary: { data: binaryFile(content, mimeType || 'application/octet-stream', fileName) } },
];
