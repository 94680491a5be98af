import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import type { EngineHost } from './host.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { TOOL_CALLER_NODE_TYPE } from './node-types.ts';
import { reportError } from './report-error.ts';
import type { ParsedRunNodeRequest } from './request.ts';
import type { RunNodeResult } from './result.ts';
import {
	buildWorkflow,
	createNode,
	newExecutionId,
	nodeSettings,
	type NodeWorkflow,
	prepareExecution,
} from './workflow.ts';

const CALLER_NAME = 'Agent';

interface CallableTool {
	invoke(input: unknown): Promise<unknown>;
}

type ToolRequest = Pick<ParsedRunNodeRequest, 'toolInput' | 'toolCalls'>;

/** Calls the first tool and returns what the model would read. */
async function callTool(
	tools: CallableTool[],
	{ toolInput, toolCalls }: ToolRequest,
): Promise<INodeExecutionData[]> {
	const [tool] = tools;
	if (tool === undefined) throw new n8nWorkflow.UnexpectedError('No tool is connected');
	const answers: IDataObject[] = [];
	for (let call = 0; call < toolCalls; call++) {
		const answer = String(await tool.invoke(toolInput));
		answers.push(...[n8nWorkflow.jsonParse<IDataObject | IDataObject[]>(answer)].flat());
	}
	return answers.map((json) => ({ json }));
}

/** An agent without a model: calls its tool and returns what the model would read. */
function createToolCaller(request: ToolRequest): INodeType {
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
			return [await callTool(tools, request)];
		},
	};
}

/** The caller, with the node connected to it as its tool. */
function createCaller(
	host: EngineHost,
	request: ParsedRunNodeRequest,
): { target: NodeWorkflow; caller: INode } {
	const target = buildWorkflow(
		host,
		request,
		nodeSettings(request),
		(node, workflowId, nodeTypes) => {
			nodeTypes.add(TOOL_CALLER_NODE_TYPE, createToolCaller(request));
			return {
				nodes: [
					createNode(workflowId, {
						name: CALLER_NAME,
						type: TOOL_CALLER_NODE_TYPE,
						typeVersion: 1,
					}),
				],
				connections: {
					[node.name]: { ai_tool: [[{ node: CALLER_NAME, type: 'ai_tool', index: 0 }]] },
				},
			};
		},
	);
	const caller = target.workflow.getNode(CALLER_NAME);
	if (caller === null) throw new n8nWorkflow.UnexpectedError('The caller is missing');
	return { target, caller };
}

/** As the MCP Server Trigger calls its tools: from a webhook, before any execution. */
async function callFromWebhook(
	{ target, caller }: ReturnType<typeof createCaller>,
	request: ParsedRunNodeRequest,
): Promise<INodeExecutionData[]> {
	const { workflow, additionalData } = target;
	const context = new n8nCore.WebhookContext(
		workflow,
		caller,
		additionalData,
		'webhook',
		{
			httpMethod: 'POST',
			node: caller.name,
			path: 'mcp',
			webhookDescription: { name: 'default', httpMethod: 'POST', path: 'mcp' },
			workflowId: target.workflowId,
			workflowExecuteAdditionalData: additionalData,
		},
		[],
		null,
	);
	return await workflow.expression.withIsolate(async () => {
		const tools = (await context.getInputConnectionData('ai_tool', 0)) as CallableTool[];
		return await callTool(tools, request);
	});
}

/**
 * Runs the node as an AI agent's tool: `$fromAI()` in its parameters reads `toolInput`. The outputs
 * are what the model reads, so they have neither binary data nor links to input items.
 */
export async function runAsTool(
	host: EngineHost,
	request: ParsedRunNodeRequest,
): Promise<RunNodeResult> {
	const created = createCaller(host, request);
	if (request.toolOfWebhook) {
		return { outputs: [(await callFromWebhook(created, request)).map(({ json }) => ({ json }))] };
	}
	const { target, caller } = created;
	prepareExecution(target, request.mode, request.executionId ?? newExecutionId());
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
