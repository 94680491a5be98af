import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { EngineHost } from './host.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { TOOL_CALLER_NODE_TYPE } from './node-types.ts';
import { reportError } from './report-error.ts';
import type { ParsedRunNodeRequest } from './request.ts';
import type { RunNodeResult } from './result.ts';
import { buildWorkflow, createNode, newExecutionId, prepareExecution } from './workflow.ts';

const CALLER_NAME = 'Agent';

interface CallableTool {
	invoke(input: unknown): Promise<unknown>;
}

/** An agent without a model: calls its tool once and gives back what the model would read. */
function createToolCaller(toolInput: Record<string, unknown>): INodeType {
	return {
		description: {
			displayName: 'Tool Caller',
			name: 'toolCaller',
			group: ['transform'],
			version: 1,
			description: 'Calls the tool that is connected to it',
			defaults: { name: CALLER_NAME },
			inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const tools = (await this.getInputConnectionData('ai_tool', 0)) as CallableTool[];
			const [tool] = tools;
			if (tool === undefined) throw new n8nWorkflow.UnexpectedError('No tool is connected');
			const answer = await tool.invoke(toolInput);
			const parsed = n8nWorkflow.jsonParse<IDataObject | IDataObject[]>(String(answer));
			return [[parsed].flat().map((json) => ({ json }))];
		},
	};
}

/**
 * Runs the node as the tool of an AI agent: `$fromAI()` in its parameters takes `toolInput`. The
 * outputs are what the model reads, so they have neither binary data nor links to input items.
 */
export async function runAsTool(
	host: EngineHost,
	request: ParsedRunNodeRequest,
): Promise<RunNodeResult> {
	const target = buildWorkflow(host, request, {}, (node, workflowId, nodeTypes) => {
		nodeTypes.add(TOOL_CALLER_NODE_TYPE, createToolCaller(request.toolInput));
		return {
			nodes: [
				createNode(workflowId, { name: CALLER_NAME, type: TOOL_CALLER_NODE_TYPE, typeVersion: 1 }),
			],
			connections: {
				[node.name]: { ai_tool: [[{ node: CALLER_NAME, type: 'ai_tool', index: 0 }]] },
			},
		};
	});
	prepareExecution(target, request.mode, request.executionId ?? newExecutionId());
	const caller = target.workflow.getNode(CALLER_NAME);
	if (caller === null) throw new n8nWorkflow.UnexpectedError('The caller is missing');
	const items = request.items.map(({ json }) => ({ json: json as IDataObject }));
	const execution = new n8nCore.WorkflowExecute(
		target.additionalData,
		request.mode,
		n8nWorkflow.createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: caller, data: { main: [items] }, source: null }],
			},
		}),
	);
	const run = await execution.processRunExecutionData(target.workflow);
	const { error, runData } = run.data.resultData;
	if (error !== undefined) return { error: reportError(error) };
	const answers = runData[CALLER_NAME]?.[0]?.data?.['main']?.[0] ?? [];
	return { outputs: [answers.map(({ json }) => ({ json }))] };
}
