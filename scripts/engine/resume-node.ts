import type {
	CloseFunction,
	INodeExecutionData,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { BinarySink } from './binary.ts';
import { n8nCore } from './n8n-modules.ts';
import type { ParsedResumeRequest } from './request.ts';
import { RequestError } from './request-error.ts';
import type { ResumeResult } from './result.ts';
import { reportRun } from './run-node.ts';
import { type WaitingExecution, waitingExecutions } from './waiting.ts';
import { prepareExecution } from './workflow.ts';

/** Calls the waiting node's own webhook, as n8n does when its resume URL is called. */
async function callNode(
	{ target, mode, data }: WaitingExecution,
	method: 'GET' | 'POST',
	url: URL,
): Promise<IWebhookResponseData> {
	const { workflow, node, additionalData, nodeTypes, workflowId } = target;
	const nodeType = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const description = nodeType.description.webhooks?.find(
		({ restartWebhook, httpMethod }) => restartWebhook === true && httpMethod === method,
	);
	if (description === undefined || nodeType.webhook === undefined) {
		throw new RequestError(`The node cannot be resumed by ${method}.`);
	}
	Object.assign(additionalData, {
		httpRequest: { method, query: Object.fromEntries(url.searchParams), headers: {}, body: {} },
		httpResponse: {},
	});
	const webhookData: IWebhookData = {
		httpMethod: method,
		node: node.name,
		path: node.id,
		webhookDescription: description,
		workflowId,
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
		data,
	);
	await workflow.expression.acquireIsolate();
	try {
		return await nodeType.webhook.call(context as unknown as IWebhookFunctions);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

/** Whether the address belongs to the node that waits; the signature is checked by n8n itself. */
const isOwnAddress = ({ target }: WaitingExecution, { pathname }: URL): boolean =>
	pathname.endsWith(`/${target.additionalData.executionId ?? ''}/${target.node.id}`);

async function goOn(
	waiting: WaitingExecution,
	items: (INodeExecutionData[] | null)[] | undefined,
	sink: BinarySink,
): Promise<ResumeResult> {
	const { target, mode, data, runIndex } = waiting;
	const executionId = target.additionalData.executionId ?? '';
	waitingExecutions.delete(executionId);
	const entry = data.executionData?.nodeExecutionStack[0];
	if (entry !== undefined && items !== undefined) {
		entry.data['main'] = items;
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	}
	prepareExecution(target, mode, executionId);
	const execution = new n8nCore.WorkflowExecute(target.additionalData, mode, data);
	const run = await execution.processRunExecutionData(target.workflow);
	return await reportRun({ target, mode, runIndex }, run, sink);
}

/**
 * Resumes an execution that waits: by a call to its address, if the node answers with items, or by
 * the end of n8n's own time limit. Signatures are not checked.
 *
 * @param sink receives the binary data of the output
 * @throws RequestError if the address is of no node that can be resumed
 */
export async function resumeNode(
	{ executionId, method, url }: ParsedResumeRequest,
	sink: BinarySink,
): Promise<ResumeResult> {
	const waiting = waitingExecutions.get(executionId);
	if (waiting === undefined) return { status: 409 };
	if (url === undefined) return await goOn(waiting, undefined, sink);
	const address = new URL(url);
	if (!isOwnAddress(waiting, address)) return { status: 404 };
	const given = await callNode(waiting, method, address);
	const answer: unknown = given.webhookResponse;
	const { workflowData } = given;
	if (workflowData === undefined) return { status: 200, answer };
	return { status: 200, answer, ...(await goOn(waiting, workflowData, sink)) };
}
