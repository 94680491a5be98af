import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { z } from 'zod/v4';
import type { Account } from '../graph/account';
import type { GraphClient } from '../graph/client';
import type { Uploads } from './media/uploads';

/** What all items of one run of the node share. */
export interface Run {
	host: IExecuteFunctions;
	account: Account;
	graph: GraphClient;
	/** Aborted when the execution is cancelled. */
	signal: AbortSignal | undefined;
	/** Operation IDs begin with it; the same for every attempt of "Retry On Fail". */
	operationPrefix: string;
	/** Uploads files of the items, each once per run. */
	uploads: Uploads;
	/** Runs the sends to one recipient one after the other. */
	inLane: <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;
}

/** What an operation makes of one item: its JSON, or whole items where there are several or binaries. */
export type OperationResult = IDataObject | INodeExecutionData[];

/**
 * One operation of the node: what the editor shows, what is allowed, what it does. The fields
 * carry no display options for their own resource and operation; the table adds them.
 */
export interface Operation<Schema extends z.ZodType = z.ZodType> {
	/** Title Case, as in the operation list. */
	name: string;
	/** Sentence case without articles, as in the node palette. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** Checks the values of `fields`, by their parameter names. */
	schema: Schema;
	/** How many items may be under way at once. */
	concurrency: number;
	execute(run: Run, values: z.output<Schema>, itemIndex: number): Promise<OperationResult>;
}

/** Gives an operation its exact types. */
export function defineOperation<Schema extends z.ZodType>(
	operation: Operation<Schema>,
): Operation<Schema> {
	return operation;
}
