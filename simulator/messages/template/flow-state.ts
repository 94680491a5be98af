import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { MessageUnderTest } from '../type.ts';

/**
 * Whether the flow behind a template's button can be opened.
 * @throws GraphError 132068 for a flow that Meta has blocked, 132069 for one it has throttled
 */
export function checkFlowState({ simulator }: MessageUnderTest, button: JsonObject): void {
	const flow = simulator.account.flows.get(asText(button['flow_id']) ?? '');
	if (flow?.status === 'BLOCKED') throw new GraphError(132068);
	if (flow?.status === 'THROTTLED') throw new GraphError(132069);
}
