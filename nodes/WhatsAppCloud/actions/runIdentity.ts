import type { IExecuteFunctions } from 'n8n-workflow';

/** Where in n8n a message comes from. */
export interface RunIdentity {
	workflowId: string;
	executionId: string;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	/** The user pressed Retry in the list of executions: a new execution that repeats an old one. */
	isRetriedExecution: boolean;
}

/** Which run of which node this is. */
export function identityOf(host: IExecuteFunctions): RunIdentity {
	const { id: nodeId, name: nodeName } = host.getNode();
	const { $runIndex: runIndex } = host.getWorkflowDataProxy(0);
	return {
		workflowId: host.getWorkflow().id ?? 'unsaved',
		executionId: host.getExecutionId(),
		nodeId,
		nodeName,
		runIndex: Number(runIndex),
		isRetriedExecution: host.getMode() === 'retry',
	};
}
