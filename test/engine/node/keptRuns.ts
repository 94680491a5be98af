import type { RunNodeRequest } from '../../../scripts/engine/request';
import type { RunNodeResult } from '../../../scripts/engine/result';
import { accepted, credentials, detailed } from './account';
import type { KeptState } from './keptState';

/** Runs of one workflow whose state stays, and what they have sent. */
export function keptRuns(kept: KeptState) {
	return {
		run: async (
			parameters: Record<string, unknown>,
			changes: Partial<RunNodeRequest> = {},
		): Promise<RunNodeResult> =>
			await kept.engine.runNode({
				node: 'whatsAppCloud',
				workflowId: 'sameOrOther',
				parameters: detailed({ recipient: '+15550210001', ...parameters }),
				credentials: credentials(kept.simulator.url),
				...changes,
			}),
		operationIds: async (): Promise<(string | null)[]> =>
			(await accepted(kept.simulator)).map(({ operationId }) => operationId),
		/** The next message arrives, and its answer is lost. */
		loseFirstAnswer: async (): Promise<void> =>
			await kept.simulator.addFault({
				kind: 'reset',
				when: 'after',
				count: 1,
				match: { path: '/messages$' },
			}),
	};
}

/** A text that differs each time it is evaluated. */
export const withTime = { text: '=It is {{ $now.toMillis() }}, {{ Math.random() }}' };
