import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readList } from '../../graph/paging';
import { objectOf } from '../../values/unknown';
import {
	addressed,
	complete,
	itemOf,
	partsOf,
	type GraphContext,
	type GraphDefinition,
	type TargetRequest,
	type ValuesOf,
} from './graphOperation';
import { limitFields, limitShape } from '../limitedList';
import { defineOperation } from '../operation';

/** Entries per page, unless the operation says otherwise. */
const usualPageSize = 100;

interface List<
	TargetShape extends z.ZodRawShape,
	Shape extends z.ZodRawShape,
> extends GraphDefinition<TargetShape, Shape> {
	/** The call for a page; limit and cursor are added. */
	request: (
		values: ValuesOf<TargetShape, Shape>,
		context: GraphContext,
	) => Omit<TargetRequest, 'method'>;
	/** From an entry to an item; by default, its members in camel case. */
	item?: (
		entry: Record<string, unknown>,
		values: ValuesOf<TargetShape, Shape>,
		context: GraphContext,
	) => IDataObject;
	pageSize?: number;
}

/**
 * An operation that lists entries, one item each, with Return All and Limit. If a later page cannot
 * be read, it fails and says which, so that a part never passes for the whole.
 */
export function defineGraphList<TargetShape extends z.ZodRawShape, Shape extends z.ZodRawShape>(
	definition: List<TargetShape, Shape>,
) {
	const { target, request, item = itemOf, outputSchema, pageSize = usualPageSize } = definition;
	const parts = partsOf(definition);
	return defineOperation({
		...parts,
		fields: [...target.fields, ...limitFields, ...(definition.fields ?? [])],
		schema: z.intersection(parts.schema, z.object(limitShape)),
		async execute(run, values, itemIndex) {
			const context = { run, itemIndex, id: target.idOf(run, values) };
			const entries = await readList(
				run.graph,
				{ method: 'GET', ...addressed(definition, context), ...request(values, context) },
				{ limit: values.returnAll ? Infinity : values.limit, pageSize },
			);
			return entries.map((entry) => ({
				json: complete(item(objectOf(entry), values, context), outputSchema),
			}));
		},
	});
}
