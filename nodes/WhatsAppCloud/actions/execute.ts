import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { createLanes, forEachConcurrently } from '../delivery/pool';
import { parseAccount } from '../graph/account';
import { createGraphClient } from '../graph/client';
import { createUploads } from './media/uploads';
import type { Operation, OperationResult, Run } from './operation';
import { createParameterReader } from './parameters';
import { fieldProblem, toNodeError } from './problems';
import { findOperation } from './table';

/** Name of the credential type. */
export const credentialName = 'whatsAppCloudApi';

/**
 * The one item loop of the node: reads, checks and carries out the chosen operation for each
 * item, several at a time, and gives the results in the order of the input.
 */
export async function executeItems(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const operation = chosenOperation(this);
	const run = await openRun(this);
	const readParameters = createParameterReader(this, operation.fields);
	const results = new Array<INodeExecutionData[] | undefined>(items.length);

	await forEachConcurrently(
		items.length,
		operation.concurrency,
		() => run.signal?.aborted !== true,
		async (itemIndex) => {
			try {
				const parsed = operation.schema.safeParse(readParameters(itemIndex));
				if (!parsed.success) throw fieldProblem(operation.fields, parsed.error);
				const result = await operation.execute(run, parsed.data, itemIndex);
				results[itemIndex] = pairedItems(result, itemIndex);
			} catch (caught) {
				const error = toNodeError(this, caught, itemIndex);
				if (!this.continueOnFail()) throw error;
				results[itemIndex] = [
					{ json: { error: error.message }, error, pairedItem: { item: itemIndex } },
				];
			}
		},
	);
	return [results.flatMap((result) => result ?? [])];
}

function chosenOperation(host: IExecuteFunctions): Operation {
	const resource = host.getNodeParameter('resource', 0);
	const name = host.getNodeParameter('operation', 0);
	const operation = findOperation(resource, name);
	if (operation) return operation;
	throw new NodeOperationError(
		host.getNode(),
		`This version of the node has no operation "${name}" for the resource "${resource}"`,
		{ description: 'Choose Resource and Operation again, or update the package.' },
	);
}

async function openRun(host: IExecuteFunctions): Promise<Run> {
	try {
		const account = parseAccount(await host.getCredentials(credentialName));
		const graph = createGraphClient(account);
		return {
			host,
			account,
			graph,
			uploads: createUploads(host, graph),
			signal: host.getExecutionCancelSignal(),
			operationPrefix: operationPrefix(host),
			inLane: createLanes(),
		};
	} catch (error) {
		throw toNodeError(host, error, 0);
	}
}

/** Workflow, execution, node and run: with the item's index it names one intended message. */
function operationPrefix(host: IExecuteFunctions): string {
	const { $runIndex } = host.getWorkflowDataProxy(0);
	return [
		host.getWorkflow().id ?? 'unsaved',
		host.getExecutionId(),
		host.getNode().id,
		$runIndex,
	].join(':');
}

function pairedItems(result: OperationResult, itemIndex: number): INodeExecutionData[] {
	const items = Array.isArray(result) ? result : [{ json: result }];
	return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
}
