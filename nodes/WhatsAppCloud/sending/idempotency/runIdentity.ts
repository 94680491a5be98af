import type { IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

/** Where in n8n a message comes from. */
export interface RunIdentity {
	workflowId: string;
	/** n8n's execution ID; if there is no execution, an ID for this call alone. */
	executionId: string;
	/**
	 * When the execution began, according to n8n, which keeps this time when an execution waits,
	 * continues elsewhere or is retried. Null if n8n does not say.
	 */
	executionBegan: number | null;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	/**
	 * Identifies the call if the node is called as a tool, since n8n counts each try as a run. Null
	 * otherwise.
	 */
	toolCall: string | null;
	/**
	 * The user pressed Retry in the list of executions, so this is a new execution repeating an old
	 * one.
	 */
	isRetriedExecution: boolean;
	/**
	 * This run's operation IDs by item, or by item and part. Made once, for both passes over a batch
	 * that is enqueued first and for all tries of "Retry On Fail".
	 */
	operationIds: Map<number | string, string>;
	/**
	 * Operation IDs used by calls of the same tool in one run of its agent, including this call's.
	 */
	takenIds: Set<string>;
}

interface Call {
	name: string;
	operationIds: Map<number | string, string>;
}

/** Keyed by an n8n object that all tries of one call share, and no other call. */
const calls = new WeakMap<object, Call>();

/** Keyed by what n8n passes to one run of a node, or of the agent that uses it as a tool. */
const taken = new WeakMap<object, Set<string>>();

/**
 * Identifies the node and its run. As a tool of the MCP Server Trigger, the node runs in a webhook,
 * where there is no execution; each call then counts as its own.
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
		// Despite its type, there may be none.
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

/** A retried execution whose first run kept no time starts afresh, with `retry` as its source. */
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
