import type { INodeExecutionData, IRun, IRunExecutionData, ITaskData } from 'n8n-workflow';
import { type BinarySink, storeBinary } from './binary.ts';
import type { EngineHost } from './host.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { START_NODE_TYPE } from './node-types.ts';
import { findTask, reportOutputs } from './report.ts';
import { reportError } from './report-error.ts';
import type { ParsedRunNodeRequest } from './request.ts';
import type { RunNodeResult } from './result.ts';
import { runAsTool } from './run-as-tool.ts';
import { type WaitingExecution, waitingExecutions } from './waiting.ts';
import {
	buildWorkflow,
	createNode,
	newExecutionId,
	nodeSettings,
	type NodeWorkflow,
	prepareExecution,
} from './workflow.ts';

const START_NODE_NAME = 'Start';

async function createItems(
	request: ParsedRunNodeRequest,
	workflowId: string,
	executionId: string,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const { json, binary } of request.items) {
		const item: INodeExecutionData = { json: json as INodeExecutionData['json'] };
		for (const [key, input] of Object.entries(binary ?? {})) {
			(item.binary ??= {})[key] = await storeBinary(input, workflowId, executionId);
		}
		items.push(item);
	}
	return items;
}

/** The record of a finished run, for runs that are assumed to have happened. */
function finishedTask(items: INodeExecutionData[], executionIndex: number): ITaskData {
	return {
		startTime: Date.now(),
		executionTime: 0,
		executionIndex,
		executionStatus: 'success',
		source: [],
		data: { main: [items] },
	};
}

/** n8n sets an execution's start time, unless its data already has one. */
function keepBeginning(
	{ executionData }: IRunExecutionData,
	{ executionBegan }: ParsedRunNodeRequest,
): void {
	if (executionBegan === undefined || executionData === undefined) return;
	executionData.runtimeData = { version: 1, establishedAt: executionBegan, source: 'trigger' };
}

/**
 * The execution starts at the tested node, as if the one before it had already run: exactly what
 * n8n does when it retries an execution, and the same in every mode.
 */
function createExecution(
	target: NodeWorkflow,
	request: ParsedRunNodeRequest,
	items: INodeExecutionData[],
): InstanceType<typeof n8nCore.WorkflowExecute> {
	const { node, additionalData } = target;
	const earlierRuns = Array.from({ length: request.runIndex }, (_, index) =>
		finishedTask([], index + 1),
	);
	additionalData.currentNodeExecutionIndex = request.runIndex + 1;
	const runExecutionData = n8nWorkflow.createRunExecutionData({
		resultData: {
			runData: {
				[START_NODE_NAME]: [finishedTask(items, 0)],
				...(earlierRuns.length === 0 ? {} : { [node.name]: earlierRuns }),
			},
		},
		executionData: {
			nodeExecutionStack: [
				{
					node,
					data: { main: [items] },
					source: { main: [{ previousNode: START_NODE_NAME }] },
					runIndex: request.runIndex,
				},
			],
		},
	});
	keepBeginning(runExecutionData, request);
	return new n8nCore.WorkflowExecute(additionalData, request.mode, runExecutionData);
}

async function execute(
	target: NodeWorkflow,
	request: ParsedRunNodeRequest,
	items: INodeExecutionData[],
	sink: BinarySink,
): Promise<RunNodeResult> {
	const running = createExecution(target, request, items).processRunExecutionData(target.workflow);
	const timer =
		request.cancelAfterMs === undefined
			? undefined
			: setTimeout(() => running.cancel(), request.cancelAfterMs);
	const run = await running;
	clearTimeout(timer);
	const result = await reportRun(
		{ target, runIndex: request.runIndex, mode: request.mode },
		run,
		sink,
	);
	if (running.isCanceled) result.cancelled = true;
	return result;
}

/** What became of the node in an execution, which is kept if it waits. */
export async function reportRun(
	{ target, runIndex, mode }: Omit<WaitingExecution, 'data'>,
	run: IRun,
	sink: BinarySink,
): Promise<RunNodeResult> {
	const task = findTask(run, target.node.name, runIndex);
	const result: RunNodeResult = {};
	const { error } = run.data.resultData;
	const outputs = task?.data?.['main'];
	if (outputs !== undefined || error === undefined) {
		result.outputs = await reportOutputs(outputs ?? [], sink);
	}
	if (error !== undefined) result.error = reportError(error);
	if (run.waitTill instanceof Date) {
		result.waitTill = run.waitTill.toISOString();
		const executionId = target.additionalData.executionId ?? '';
		waitingExecutions.set(executionId, { target, mode, data: run.data, runIndex });
	}
	const hints = (task?.hints ?? []).map((hint) => hint.message);
	if (hints.length > 0) result.hints = hints;
	return result;
}

/**
 * Runs one node of the package once, in n8n's engine.
 *
 * @param sink receives the binary data of the output
 * @throws RequestError if the request names something that does not exist
 */
export async function runNode(
	host: EngineHost,
	request: ParsedRunNodeRequest,
	sink: BinarySink,
): Promise<RunNodeResult> {
	if (request.asTool) return await runAsTool(host, request);
	const executionId = request.executionId ?? newExecutionId();
	const target = buildWorkflow(host, request, nodeSettings(request), (node, workflowId) => ({
		nodes: [
			createNode(workflowId, { name: START_NODE_NAME, type: START_NODE_TYPE, typeVersion: 1 }),
		],
		connections: { [START_NODE_NAME]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	}));
	prepareExecution(target, request.mode, executionId);
	const items = await createItems(request, target.workflowId, executionId);
	return await execute(target, request, items, sink);
}
