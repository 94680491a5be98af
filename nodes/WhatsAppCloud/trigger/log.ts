import type { FunctionsBase } from 'n8n-workflow';

/** What writing to n8n's log needs from its contexts. */
export type LoggingHost = Pick<FunctionsBase, 'getNode' | 'getWorkflow' | 'logger'>;

/** Logs one line that names the node, with IDs to find it by. */
export function log(host: LoggingHost, level: 'debug' | 'warn' | 'error', message: string): void {
	const node = host.getNode();
	host.logger[level](`${node.name}: ${message}`, {
		workflowId: host.getWorkflow().id,
		nodeId: node.id,
	});
}
