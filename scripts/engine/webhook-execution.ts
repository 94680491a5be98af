import type {
	CloseFunction,
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	IWebhookData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { BinarySink } from './binary.ts';
import type { EngineHost } from './host.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { reasonOf, reportError } from './report-error.ts';
import { findTask, reportOutputs } from './report.ts';
import type { ErrorReport, OutputItem } from './result.ts';
import { HostError, type HostRequest, parseHostBody } from './webhook-request.ts';
import { type HostResponse, sendHostAnswer } from './webhook-response.ts';
import { newExecutionId, type NodeWorkflow, prepareExecution } from './workflow.ts';

const RESPONSE_MODES = ['onReceived', 'lastNode'];
const NOT_STARTED = 'Workflow Webhook Error: Workflow could not be started!';
const NOT_EXECUTED = 'There was a problem executing the workflow';

/** What a request led to, besides its answer. */
export interface WebhookOutcome {
	outputs: OutputItem[][];
	/** What the node threw. */
	error?: ErrorReport;
}

function readOption<T>(
	target: NodeWorkflow,
	description: IWebhookDescription,
	mode: WorkflowExecuteMode,
	name: string,
	fallback: T,
): T {
	const native = n8nWorkflow.resolveWebhookDescriptionField(target.node, description, name);
	if (native.resolved) return (native.value ?? fallback) as T;
	return target.workflow.expression.getSimpleParameterValue(
		target.node,
		description[name],
		mode,
		{},
		undefined,
		fallback as string,
	) as T;
}

/** The node's webhook for this method. @throws HostError 404 if there is none */
function findWebhook(
	target: NodeWorkflow,
	method: string,
	mode: WorkflowExecuteMode,
): IWebhookDescription {
	const nodeType = target.nodeTypes.getByNameAndVersion(target.node.type, target.node.typeVersion);
	const known: string[] = [];
	for (const description of nodeType.description.webhooks ?? []) {
		if (description.restartWebhook === true) continue;
		const methods = readOption<string>(target, description, mode, 'httpMethod', 'GET').split(',');
		if (methods.some((name) => name.trim() === method)) return description;
		known.push(...methods.map((name) => name.trim()));
	}
	throw new HostError(
		404,
		404,
		`This webhook is not registered for ${method} requests. ` +
			`Did you mean to make a ${known.join(' or ')} request?`,
	);
}

/** Whether a node of version 1 asked for the raw body, which n8n then does not parse. */
function readsRawBody({ workflow, node }: NodeWorkflow, mode: WorkflowExecuteMode): boolean {
	if (node.typeVersion !== 1) return false;
	const asked = '={{ $parameter["options"]["binaryData"] }}';
	return (
		workflow.expression.getSimpleParameterValue(node, asked, mode, {}, undefined, false) === true
	);
}

async function callNode(
	target: NodeWorkflow,
	description: IWebhookDescription,
	mode: WorkflowExecuteMode,
	host: EngineHost,
): Promise<IWebhookResponseData> {
	const { workflow, node, additionalData } = target;
	const nodeType = target.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (nodeType.webhook === undefined) throw new HostError(404, 404, 'The node has no webhook');
	const webhookData: IWebhookData = {
		httpMethod: (additionalData.httpRequest as unknown as { method: 'GET' | 'POST' }).method,
		node: node.name,
		path: description.path,
		webhookDescription: description,
		workflowId: target.workflowId,
		workflowExecuteAdditionalData: additionalData,
	};
	const closeFunctions: CloseFunction[] = [];
	const context = new n8nCore.WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhookData,
		closeFunctions,
		null,
	);
	try {
		return await nodeType.webhook.call(context as unknown as IWebhookFunctions);
	} finally {
		for (const settled of await Promise.allSettled(closeFunctions.map(async (fn) => await fn()))) {
			if (settled.status === 'rejected') host.log.error('Failed to run webhook close function');
		}
	}
}

/** Runs the workflow that the request starts: just the trigger, with the items it returned. */
async function execute(
	target: NodeWorkflow,
	mode: WorkflowExecuteMode,
	items: INodeExecutionData[][],
): Promise<INodeExecutionData[][]> {
	return outputsOf(target, await runExecution(target, mode, items));
}

async function runExecution(
	shared: NodeWorkflow,
	mode: WorkflowExecuteMode,
	items: INodeExecutionData[][],
): Promise<IRun> {
	const target = { ...shared, additionalData: { ...shared.additionalData } };
	prepareExecution(target, mode, newExecutionId());
	const execution = new n8nCore.WorkflowExecute(
		target.additionalData,
		mode,
		n8nWorkflow.createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: target.node, data: { main: items }, source: null }],
			},
		}),
	);
	return await execution.processRunExecutionData(target.workflow);
}

/** @throws the error that ended the execution */
function outputsOf(target: NodeWorkflow, run: IRun): INodeExecutionData[][] {
	if (run.data.resultData.error !== undefined) throw run.data.resultData.error;
	const outputs = findTask(run, target.node.name, 0)?.data?.['main'] ?? [];
	return outputs.map((list) => list ?? []);
}

/**
 * Runs the node's `trigger()` once, as if n8n had published the workflow, and the executions that it
 * emits before it is closed.
 *
 * @returns the outputs of all of them, joined
 */
async function runTrigger(target: NodeWorkflow): Promise<INodeExecutionData[][]> {
	const { workflow, node, additionalData } = target;
	const nodeType = target.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (nodeType.trigger === undefined) return [];
	const runs: Promise<IRun>[] = [];
	const emit: ITriggerFunctions['emit'] = (data, _response, done) => {
		const run = runExecution(target, 'trigger', data);
		runs.push(run);
		run.then(
			(result) => done?.resolve(result),
			(error: unknown) => done?.reject(error as Error),
		);
	};
	const context = new n8nCore.TriggerContext(
		workflow,
		node,
		additionalData,
		'trigger',
		'activate',
		emit,
	);
	const response = await nodeType.trigger.call(context as unknown as ITriggerFunctions);
	await response?.closeFunction?.();
	const outputs: INodeExecutionData[][] = [];
	for (const run of runs) {
		outputsOf(target, await run).forEach((items, index) => {
			outputs[index] = [...(outputs[index] ?? []), ...items];
		});
	}
	return outputs;
}

/** n8n's answer from the last node: its first item or all of them. */
function lastNodeAnswer(outputs: INodeExecutionData[][], responseData: string): unknown {
	if (responseData === 'noData') return undefined;
	if (responseData !== 'firstEntryJson') return (outputs[0] ?? []).map(({ json }) => json);
	const first = outputs[0]?.[0];
	if (first === undefined) throw new HostError(500, 0, 'No item to return was found');
	return first.json;
}

async function answer(
	host: EngineHost,
	target: NodeWorkflow,
	mode: WorkflowExecuteMode,
	request: HostRequest,
	response: HostResponse,
	sink: BinarySink,
): Promise<WebhookOutcome> {
	const description = findWebhook(target, request.method ?? '', mode);
	const option = <T>(name: string, fallback: T): T =>
		readOption(target, description, mode, name, fallback);
	const responseMode = option<string>('responseMode', 'onReceived');
	const code = option<number>('responseCode', 200);
	const responseData = option<string>('responseData', 'firstEntryJson');
	if (!RESPONSE_MODES.includes(responseMode)) {
		throw new HostError(500, 0, `The response mode '${responseMode}' is not valid!`);
	}
	if (!readsRawBody(target, mode)) await parseHostBody(request, target.node.typeVersion);
	let given: IWebhookResponseData;
	try {
		given = await callNode(target, description, mode, host);
	} catch (error) {
		host.log.error(reasonOf(error));
		sendHostAnswer(response, { code: 0, message: NOT_STARTED }, 500, false);
		return { outputs: [], error: reportError(error) };
	}
	if (given.workflowData === undefined) {
		if (given.noWebhookResponse !== true) {
			const body: unknown = given.webhookResponse ?? { message: 'Webhook call received' };
			sendHostAnswer(response, body, code, false);
		}
		if (mode === 'manual' || response.statusCode !== 200) return { outputs: [] };
		return { outputs: await reportOutputs(await runTrigger(target), sink) };
	}
	const execution = execute(target, mode, given.workflowData);
	if (given.noWebhookResponse !== true && responseMode === 'onReceived') {
		// n8n's default here takes precedence over the node's own response.
		const body: unknown =
			responseData === 'noData'
				? undefined
				: responseData || (given.webhookResponse ?? { message: 'Workflow was started' });
		sendHostAnswer(response, body, code, true);
	}
	const outputs = await execution;
	if (given.noWebhookResponse !== true && responseMode === 'lastNode') {
		sendHostAnswer(response, lastNodeAnswer(outputs, responseData), code, true);
	}
	return { outputs: await reportOutputs(outputs, sink) };
}

/**
 * Handles a request the way n8n does for an active workflow: finds the node's webhook, reads the
 * body, calls the node, answers, and runs the workflow if the node returned items.
 */
export async function handleWebhook(
	host: EngineHost,
	target: NodeWorkflow,
	mode: WorkflowExecuteMode,
	request: HostRequest,
	response: HostResponse,
	sink: BinarySink,
): Promise<WebhookOutcome> {
	const { additionalData, workflow } = target;
	Object.assign(additionalData, { httpRequest: request, httpResponse: response });
	await workflow.expression.acquireIsolate();
	try {
		return await answer(host, target, mode, request, response, sink);
	} catch (error) {
		if (error instanceof HostError) {
			const { status, code, message, hint } = error;
			sendHostAnswer(
				response,
				{ code, message, ...(hint === undefined ? {} : { hint }) },
				status,
				false,
			);
			return { outputs: [] };
		}
		host.log.error(reasonOf(error));
		sendHostAnswer(response, { code: 0, message: NOT_EXECUTED }, 500, false);
		return { outputs: [], error: reportError(error) };
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
