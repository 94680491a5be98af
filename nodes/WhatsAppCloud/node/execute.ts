import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';
import { forEachConcurrently } from '../concurrency/pool';
import { PartlyDone } from './management/partlyDone';
import type { Operation, OperationResult, ReadValues, WorkPerItem } from './operation';
import { parsing } from '../values/words';
import { createParameterReader, takesValuesFromItem } from './parameters';
import { toNodeError } from './problems';
import { problemOf } from '../fields/issues';
import { openRun, type Run } from './run';
import { FieldProblem } from '../values/problem';

type NodeError = NodeApiError | NodeOperationError;

/** Looks up an operation by its stored values in the table of all operations. */
type FindOperation = (resource: string, operation: string) => Operation | undefined;

/**
 * The node's only item loop: reads and checks each item's values and runs the chosen operation,
 * several items at a time, and returns the results in input order.
 */
export async function executeItems(
	host: IExecuteFunctions,
	findOperation: FindOperation,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(host, findOperation);
	let run: Run;
	try {
		run = await openRun(host);
	} catch (caught) {
		const error = toNodeError(host, caught, 0);
		if (!host.continueOnFail()) throw error;
		// If this threw, n8n would hand the input on, as if all of it had been worked on. Of a tool call
		// that is to be approved, the input may say that it is.
		return [
			host
				.getInputData()
				.flatMap((_, itemIndex) =>
					pairedItems([{ json: failedItem(caught, error), error }], itemIndex),
				),
		];
	}
	try {
		return await carryOut(run, operation);
	} finally {
		await run.messenger.close();
	}
}

async function carryOut(run: Run, operation: Operation): Promise<INodeExecutionData[][]> {
	const { host, signal } = run;
	const itemCount = host.getInputData().length;
	const { readOnce = [] } = operation;
	const fields = operation.fields.filter(({ name }) => !readOnce.includes(name));
	const readParameters = createParameterReader(host, fields);
	const read = (itemIndex: number): unknown => {
		const parsed = operation.schema.safeParse(readParameters(itemIndex), parsing);
		if (parsed.success) return parsed.data;
		throw problemOf(operation.fields, parsed.error);
	};
	if (operation.executeAll !== undefined) {
		return await operation.executeAll(run, read, itemCount).catch((caught: unknown) => {
			const error = toNodeError(host, caught, null);
			if (!host.continueOnFail()) throw error;
			return [pairedItems([{ json: { error: error.message }, error }], 0)];
		});
	}
	const results = new Array<INodeExecutionData[] | undefined>(itemCount);
	const { concurrency } = operation;
	const atOnce = orNodeError(host, () =>
		typeof concurrency === 'number' ? concurrency : concurrency(run),
	);
	const failed = (itemIndex: number, caught: unknown, error: NodeError): INodeExecutionData[] => {
		const json = operation.failed?.(run, itemIndex, caught, error) ?? failedItem(caught, error);
		return pairedItems([{ json, error }], itemIndex);
	};
	try {
		const isToCheck = operation.checksAllFirst === true && !host.continueOnFail();
		if (isToCheck) checkAll(host, read, itemCount);
		await operation.beforeItems?.(run, read, itemCount);
	} catch (caught) {
		const error = toNodeError(host, caught, 0);
		if (!host.continueOnFail()) throw error;
		// If this threw, n8n would hand the input on, as if all of it had been worked on.
		const items = Array.from(results, (_, itemIndex) => failed(itemIndex, caught, error));
		return [items.flat().map((item) => withDetails(host, item))];
	}

	await forEachConcurrently(
		itemCount,
		atOnce,
		() => signal?.aborted !== true,
		async (itemIndex) => {
			try {
				const result = await operation.execute(run, read(itemIndex), itemIndex);
				results[itemIndex] = pairedItems(result, itemIndex);
			} catch (caught) {
				const error = toNodeError(host, withItemFields(host, caught, itemIndex), itemIndex);
				results[itemIndex] = failed(itemIndex, caught, error);
			}
			const withError = results[itemIndex].find(({ error }) => error !== undefined);
			if (withError?.error === undefined) return;
			if (!host.continueOnFail()) throw withError.error;
			results[itemIndex] = results[itemIndex].map((item) => withDetails(host, item));
		},
	);
	const items = Array.from(
		results,
		(result, itemIndex) => result ?? notBegun(run, operation, itemIndex),
	);
	return [items.flat()];
}

/** @throws n8n's error with the first item whose values cannot be used */
function checkAll(host: IExecuteFunctions, read: ReadValues<unknown>, itemCount: number): void {
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			read(itemIndex);
		} catch (caught) {
			throw toNodeError(host, withItemFields(host, caught, itemIndex), itemIndex);
		}
	}
}

/** What was done in part is told beside the error. */
const failedItem = (caught: unknown, { message }: NodeError): IDataObject =>
	caught instanceof PartlyDone ? { ...caught.item, error: { message } } : { error: message };

/** If values come from the item, a problem with one of them says what the item has. */
function withItemFields(host: IExecuteFunctions, caught: unknown, itemIndex: number): unknown {
	if (!(caught instanceof FieldProblem) || !takesValuesFromItem(host)) return caught;
	const names = Object.keys(host.getInputData()[itemIndex]?.json ?? {});
	const shown = names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ', …' : '');
	return caught.withAdvice(
		`${caught.advice} The item has ${names.length === 0 ? 'no fields' : `the fields ${shown}`}; Rename Input Fields assigns one that has another name.`,
	);
}

/** Names of an item's fields that an error lists. */
const mostNames = 20;

function notBegun(
	run: Run,
	operation: Pick<WorkPerItem, 'notBegun'>,
	itemIndex: number,
): INodeExecutionData[] {
	return operation.notBegun ? pairedItems(operation.notBegun(run, itemIndex), itemIndex) : [];
}

function orNodeError<Result>(host: IExecuteFunctions, task: () => Result): Result {
	try {
		return task();
	} catch (error) {
		throw toNodeError(host, error, 0);
	}
}

function chosenOperation(host: IExecuteFunctions, findOperation: FindOperation): Operation {
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

/**
 * n8n replaces an item that carries an error with the error's text alone. The message's outcome,
 * above all its operation ID, must not be lost.
 */
function withDetails(host: IExecuteFunctions, item: INodeExecutionData): INodeExecutionData {
	const { error, ...rest } = item;
	if (error === undefined || typeof item.json['error'] !== 'object') return item;
	if (host.getNode().onError !== 'continueErrorOutput') return rest;
	// n8n sends an item to the error output only if it has no other members.
	const { error: detail, ...details } = item.json;
	return { ...rest, json: { error: detail, details } };
}

function pairedItems(result: OperationResult, itemIndex: number): INodeExecutionData[] {
	const items = Array.isArray(result) ? result : [{ json: result }];
	return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
}
