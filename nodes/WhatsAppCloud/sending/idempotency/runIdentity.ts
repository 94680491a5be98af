import type { IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

/** Where in n8n a message comes from. */
export interface RunIdentity {
	workflowId: string;
	/** n8n's, or one of this call alone where no execution has begun. */
	executionId: string;
	/**
	 * When the execution began, by n8n, which keeps it in an execution that waits, goes on elsewhere or
	 * is retried. Null where n8n does not tell.
	 */
	executionBegan: number | null;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	/**
	 * Names the call where the node is called as a tool, since n8n counts each try of it as a run.
	 * Null otherwise.
	 */
	toolCall: string | null;
	/** The user pressed Retry in the list of executions: a new execution that repeats an old one. */
	isRetriedExecution: boolean;
	/**
	 * Operation IDs of this run by item, or by item and part: made once, for both readings of a batch
	 * that is recorded first and for all tries of "Retry On Fail".
	 */
	operationIds: Map<number | string, string>;
	/** Operation IDs that calls of the same tool in one run of its agent have, this call's included. */
	takenIds: Set<string>;
}

interface Call {
	name: string;
	operationIds: Map<number | string, string>;
}

/** By an object of n8n that all tries of one call share, and no other call. */
const calls = new WeakMap<object, Call>();

/** By what n8n hands to one run of a node, or of the agent whose tool it is. */
const taken = new WeakMap<object, Set<string>>();

/**
 * Which run of which node this is. As a tool of the MCP Server Trigger the node runs in a webhook,
 * where there is no execution; each call is one of its own then.
 */
export function identityOf(host: IExecuteFunctions): RunIdentity {
	const { id: nodeId, name: nodeName } = host.getNode();
	const { $runIndex: runIndex } = host.getWorkflowDataProxy(0);
	const { name, operationIds } = remembered(calls, callOf(host), () => ({
		name: randomUUID(),
		operationIds: new Map(),
	}));
	return {
		workflowId: host.getWorkflow().id ?? 'unsaved',
		// Its type leaves out that there may be none.
		executionId: host.getExecutionId() || name,
		executionBegan: beganAt(host),
		nodeId,
		nodeName,
		runIndex: Number(runIndex),
		toolCall: host.isToolExecution() ? name : null,
		isRetriedExecution: host.getMode() === 'retry',
		operationIds,
		takenIds: remembered(taken, host.getExecuteData(), () => new Set()),
	};
}

/** A retried execution whose first run kept no time begins anew, and says so in its source. */
function beganAt(host: IExecuteFunctions): number | null {
	const context = host.getExecutionContext();
	return context === undefined || context.source === 'retry' ? null : context.establishedAt;
}

/** "Retry On Fail" runs a node again with the same object, and a tool with the same arguments. */
function callOf(host: IExecuteFunctions): object {
	const args = host.isToolExecution() ? host.getInputData()[0]?.json : undefined;
	return args ?? host.getExecuteData();
}

function remembered<Value>(
	values: WeakMap<object, Value>,
	key: object,
	create: () => Value,
): Value {
	const value = values.get(key) ?? create();
	values.set(key, value);
	return value;
}
