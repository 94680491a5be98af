import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { forEachConcurrently } from '../delivery/pool';
import type { Operation, OperationResult } from './operation';
import { createParameterReader } from './parameters';
import { fieldProblem, toNodeError } from './problems';
import { openRun, type Run } from './run';
import { findOperation } from './table';

/**
 * The one item loop of the node: reads, checks and carries out the chosen operation for each
 * item, several at a time, and gives the results in the order of the input.
 */
export async function executeItems(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(this);
	const run = await openRun(this).catch((error: unknown) => {
		throw toNodeError(this, error, 0);
	});
	try {
		return [await carryOut(run, operation)];
	} finally {
		await run.messenger.close();
	}
}

async function carryOut(run: Run, operation: Operation): Promise<INodeExecutionData[]> {
	const { host, signal } = run;
	const itemCount = host.getInputData().length;
	const results = new Array<INodeExecutionData[] | undefined>(itemCount);
	const readParameters = createParameterReader(host, operation.fields);
	const read = (itemIndex: number): unknown => {
		const parsed = operation.schema.safeParse(readParameters(itemIndex));
		if (parsed.success) return parsed.data;
		throw fieldProblem(operation.fields, parsed.error);
	};
	const { concurrency } = operation;
	const atOnce = orNodeError(host, () =>
		typeof concurrency === 'number' ? concurrency : concurrency(run),
	);
	await operation.beforeItems?.(run, read, itemCount).catch((error: unknown) => {
		throw toNodeError(host, error, 0);
	});

	await forEachConcurrently(
		itemCount,
		atOnce,
		() => signal?.aborted !== true,
		async (itemIndex) => {
			try {
				const result = await operation.execute(run, read(itemIndex), itemIndex);
				results[itemIndex] = pairedItems(result, itemIndex);
			} catch (caught) {
				const error = toNodeError(host, caught, itemIndex);
				results[itemIndex] = pairedItems([{ json: { error: error.message }, error }], itemIndex);
			}
			const failed = results[itemIndex].find(({ error }) => error !== undefined);
			if (failed?.error !== undefined && !host.continueOnFail()) throw failed.error;
		},
	);
	return Array.from(
		results,
		(result, itemIndex) => result ?? notBegun(run, operation, itemIndex),
	).flat();
}

function notBegun(run: Run, operation: Operation, itemIndex: number): INodeExecutionData[] {
	return operation.notBegun ? pairedItems(operation.notBegun(run, itemIndex), itemIndex) : [];
}

function orNodeError<Result>(host: IExecuteFunctions, task: () => Result): Result {
	try {
		return task();
	} catch (error) {
		throw toNodeError(host, error, 0);
	}
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

function pairedItems(result: OperationResult, itemIndex: number): INodeExecutionData[] {
	const items = Array.isArray(result) ? result : [{ json: result }];
	return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
}
