import type { IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import type { NodeWorkflow } from './workflow.ts';

/** An execution that a node has suspended. */
export interface WaitingExecution {
	target: NodeWorkflow;
	mode: WorkflowExecuteMode;
	data: IRunExecutionData;
	runIndex: number;
}

/** Executions that wait, by ID: what n8n keeps in its database. */
export const waitingExecutions = new Map<string, WaitingExecution>();
