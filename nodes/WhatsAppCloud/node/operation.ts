import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { z } from 'zod/v4';
import type { Permission } from '../graph/permissions';
import type { ItemShape } from './itemShape';
import type { Run } from './run';

/** An operation's result for one item: its JSON, or whole items if there are several or files. */
export type OperationResult = IDataObject | INodeExecutionData[];

/** Reads and checks the values of one item. Throws FieldProblem. */
export type ReadValues<Values> = (itemIndex: number) => Values;

/**
 * One operation of the node: what the editor shows, what is allowed, what it does. The fields need
 * no display options for their own resource and operation; the table adds them.
 */
export type Operation<Schema extends z.ZodType = z.ZodType> = OperationFacts<Schema> &
	(WorkPerItem<Schema> | WorkOnAll<Schema>);

interface OperationFacts<Schema extends z.ZodType> {
	/** Title Case, as in the operation list. */
	name: string;
	/** Sentence case without articles, as in the node palette. */
	action: string;
	/** Below the node on the canvas, before "to" and the recipient, if `action` is too long there. */
	subtitle?: string;
	description: string;
	/** The permission that the token needs for it, if it is known and one alone. */
	permission?: Permission;
	fields: INodeProperties[];
	/** Checks the values of `fields`, by parameter name. */
	schema: Schema;
	/** Shape of its items, which the editor shows before the first run. */
	outputSchema: ItemShape;
	/** Parameters that hold for the whole run, which the operation reads itself: see `readOnce`. */
	readOnce?: readonly string[];
}

export interface WorkPerItem<Schema extends z.ZodType = z.ZodType> {
	/** How many items may run at once; a function if the user can choose. */
	concurrency: number | ((run: Run) => number);
	/**
	 * Whether the values of all items are checked before the first one is worked on, because what it
	 * makes at Meta stays. With _On Error_ set to _Continue_, each item is checked in its turn.
	 */
	checksAllFirst?: boolean;
	/** Called once before the first item. */
	beforeItems?(run: Run, read: ReadValues<z.output<Schema>>, itemCount: number): Promise<void>;
	executeAll?: never;
	execute(run: Run, values: z.output<Schema>, itemIndex: number): Promise<OperationResult>;
	/** The item for work that never started because the execution was cancelled. */
	notBegun?(run: Run, itemIndex: number): IDataObject;
	/** The item for work that threw; by default, it has the error's text and what was done in part. */
	failed?(
		run: Run,
		itemIndex: number,
		caught: unknown,
		error: NodeApiError | NodeOperationError,
	): IDataObject;
}

interface WorkOnAll<Schema extends z.ZodType> {
	/**
	 * Works on all items together, and says of each result which item it comes from.
	 *
	 * @returns the items of each output
	 */
	executeAll(
		run: Run,
		read: ReadValues<z.output<Schema>>,
		itemCount: number,
	): Promise<INodeExecutionData[][]>;
}

/** Infers the exact types of an operation. */
export function defineOperation<Schema extends z.ZodType>(
	operation: Operation<Schema>,
): Operation<Schema> {
	return operation;
}
