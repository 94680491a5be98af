import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Node types of human review; n8n makes them of nodes that can send and wait. */
const reviewSuffix = 'HitlTool';

/** Whether the node approves the tool calls of an agent. */
export const isReview = (host: Pick<IExecuteFunctions, 'getNode'>): boolean =>
	host.getNode().type.endsWith(reviewSuffix);

/** n8n's own limit comes so much later, for the case that nothing calls the execution in time. */
const graceMs = 120_000;

/** As far in the future as n8n lets an execution wait that waits for a call only. */
const indefinitely = new Date('3000-01-01T00:00:00.000Z');

/**
 * Suspends the execution.
 *
 * @param expiresAt when the time is up, in milliseconds since 1970; null: never
 * @param fallback the outputs if n8n's own limit ends the wait. Without them, n8n would pass the
 *   input on, and an input with `approved: true` would approve a tool call.
 */
export async function suspend(
	host: IExecuteFunctions,
	expiresAt: number | null,
	fallback: INodeExecutionData[][],
): Promise<void> {
	const executeData = host.getExecuteData();
	// To resume, n8n disables the node of this entry. Where the node is to run again, such as for an
	// agent's second call, it would be disabled there, too, and would pass its input on: that call
	// would be asked for by nobody, and approved if the model had written "approved" into it.
	executeData.node = { ...executeData.node };
	executeData.data['main'] = fallback;
	host.setMetadata({ forwardAllOutputs: true });
	await host.putExecutionToWait(expiresAt === null ? indefinitely : new Date(expiresAt + graceMs));
}
