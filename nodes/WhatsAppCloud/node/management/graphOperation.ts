import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { GraphRequest } from '../../graph/graphRequest';
import type { Permission } from '../../graph/permissions';
import { camelCased } from '../../values/json/memberNames';
import type { Problems } from '../../values/schema/singleStep';
import { objectOf } from '../../values/unknown';
import type { ItemShape } from '../itemShape';
import { defineOperation, type Operation, type OperationResult } from '../operation';
import type { Run } from '../run';
import { onceOnly } from './onceOnly';
import type { Target } from './target';

/** How many calls to Meta's management API one node makes at once; it allows few per hour. */
const callsAtOnce = 5;

/** The checked values of an operation: those of its target and its own. */
export type ValuesOf<TargetShape extends z.ZodRawShape, Shape extends z.ZodRawShape> = z.output<
	z.ZodObject<TargetShape>
> &
	z.output<z.ZodObject<Shape>>;

/** Where the values belong. */
export interface GraphContext {
	run: Run;
	itemIndex: number;
	/** ID of the target. */
	id: string;
}

/** What all operations on Meta's management API say about themselves. */
export interface GraphDefinition<
	TargetShape extends z.ZodRawShape,
	Shape extends z.ZodRawShape,
> extends Pick<Operation, 'name' | 'action' | 'description'> {
	permission: Permission;
	target: Target<TargetShape>;
	/** The fields below the target's. */
	fields?: INodeProperties[];
	/** Schemas of these fields, by parameter name. */
	shape: Shape;
	/** What the schemas of single fields cannot check. */
	check?: (values: ValuesOf<TargetShape, Shape>, problems: Problems) => void;
	/** Names of its items; what Meta leaves out is null in them. */
	outputSchema: Readonly<Record<string, ItemShape>>;
	/** How many of its calls one node makes at once, if fewer than usual. */
	concurrency?: number;
}

/** A call on the target, unless it names another node. */
export type TargetRequest = Omit<GraphRequest, 'node' | 'idField' | 'signal' | 'permission'> & {
	node?: string;
};

interface SingleCall<
	TargetShape extends z.ZodRawShape,
	Shape extends z.ZodRawShape,
> extends GraphDefinition<TargetShape, Shape> {
	/**
	 * The call. GET is repeated after any passing failure; POST and DELETE only if Meta certainly did
	 * nothing, unless the request says `isIdempotent`. "Retry On Fail" repeats neither once it is done.
	 */
	request: (
		values: ValuesOf<TargetShape, Shape>,
		context: GraphContext,
	) => TargetRequest | Promise<TargetRequest>;
	/** From Meta's answer to the item, or to several; by default, its members in camel case. */
	item?: (
		answer: Record<string, unknown>,
		values: ValuesOf<TargetShape, Shape>,
		context: GraphContext,
	) => IDataObject | IDataObject[];
}

/** An operation that is one call to Meta's management API. */
export function defineGraphOperation<
	TargetShape extends z.ZodRawShape,
	Shape extends z.ZodRawShape,
>(definition: SingleCall<TargetShape, Shape>) {
	const { target, request, item = itemOf, outputSchema } = definition;
	return defineOperation({
		...partsOf(definition),
		async execute(run, values, itemIndex) {
			const context = { run, itemIndex, id: target.idOf(run, values) };
			const call = { ...addressed(definition, context), ...(await request(values, context)) };
			const work = async (): Promise<OperationResult> => {
				const { body } = await run.graph.call(call);
				const made = item(objectOf(body), values, context);
				if (!Array.isArray(made)) return complete(made, outputSchema);
				return made.map((each) => ({ json: complete(each, outputSchema) }));
			};
			return call.method === 'GET' ? await work() : await onceOnly(run, itemIndex, work, call);
		},
	});
}

/** What a definition has in common with any operation. */
export function partsOf<TargetShape extends z.ZodRawShape, Shape extends z.ZodRawShape>(
	definition: GraphDefinition<TargetShape, Shape>,
) {
	const { name, action, description, permission, target, outputSchema, check } = definition;
	const { fields = [], shape, concurrency = callsAtOnce } = definition;
	const schema = z.object({ ...target.shape, ...shape }).check((context) => {
		check?.(context.value as ValuesOf<TargetShape, Shape>, context);
	}) as unknown as z.ZodType<ValuesOf<TargetShape, Shape>>;
	return {
		name,
		action,
		description,
		permission,
		fields: [...target.fields, ...fields],
		schema,
		outputSchema,
		concurrency,
		checksAllFirst: true,
	};
}

/** What each call of an operation carries, unless its request says otherwise. */
export const addressed = (
	{
		target,
		permission,
	}: Pick<GraphDefinition<never, never>, 'permission'> & {
		target: { label: string };
	},
	{ run, id }: Pick<GraphContext, 'run' | 'id'>,
) => ({ node: id, idField: target.label, permission, signal: run.signal });

/** Reads parts of a target, for an operation that needs several answers to make its item. */
export const partReader =
	(definition: Parameters<typeof addressed>[0], context: Pick<GraphContext, 'run' | 'id'>) =>
	async (request: Pick<TargetRequest, 'edge' | 'query'>): Promise<Record<string, unknown>> => {
		const where = addressed(definition, context);
		return objectOf((await context.run.graph.call({ method: 'GET', ...where, ...request })).body);
	};

/** Meta's members in camel case. */
export const itemOf = (answer: Record<string, unknown>): IDataObject =>
	camelCased(answer) as IDataObject;

/** The item with every name that the editor offers: null for what Meta left out. */
export function complete(item: IDataObject, shape: Record<string, ItemShape>): IDataObject {
	const names = Object.keys(shape);
	return { ...Object.fromEntries(names.map((name) => [name, null])), ...item };
}
