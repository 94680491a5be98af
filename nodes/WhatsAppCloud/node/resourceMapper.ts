import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject, objectOf } from '../values/unknown';
import { withLostDigits } from './lostDigits';
import { simpleExpression } from './simpleExpression';

/** What a resource mapper holds for one item. */
interface MapperValues {
	/** What the user entered, by the IDs of the fields, with expressions evaluated. */
	value: Record<string, unknown>;
	/** The fields, as the editor stored them: the same list for all items of a run. */
	schema: unknown;
	/** The item, if it may give the values; the operation knows under which names. */
	item: { json: Record<string, unknown>; files: string[] } | null;
	/** Names in the item that stand for other parameters of the node. */
	taken: ReadonlySet<string>;
}

/**
 * Creates the reader of a resource mapper for one run. In n8n's automatic mode, each item has the
 * values and nothing that was entered counts. If the items supply the values of all parameters,
 * those that were entered are used for what an item lacks.
 *
 * @param names what an item can supply for the other parameters
 */
export function createMapperReader(
	host: IExecuteFunctions,
	name: string,
	names: readonly string[],
): (itemIndex: number) => MapperValues {
	const { parameters } = host.getNode();
	const { mappingMode, value, schema } = objectOf(parameters[name]);
	const isAutomatic = mappingMode === 'autoMapInputData';
	const takesFromItem = parameters['valuesFrom'] === 'item';
	const taken = new Set(takesFromItem ? names : []);
	const entered = isAutomatic ? {} : objectOf(value);
	const isFixed = !holdsExpression(entered);
	const simple = isFixed ? null : simpleExpression(entered);

	const evaluated = (itemIndex: number): Record<string, unknown> => {
		if (isFixed) return entered;
		const read = simple?.(host.getWorkflowDataProxy(itemIndex).$json);
		if (isObject(read)) return read;
		const mapper: unknown = host.getNodeParameter(name, itemIndex);
		const given = objectOf(mapper)['value'];
		return objectOf(
			withLostDigits(entered, given, (expression) =>
				host.evaluateExpression(expression, itemIndex),
			),
		);
	};

	return (itemIndex) => ({
		value: evaluated(itemIndex),
		schema,
		item: isAutomatic || takesFromItem ? itemAt(host, itemIndex) : null,
		taken,
	});
}

/** An item, with what it may give. */
export function itemAt(host: IExecuteFunctions, itemIndex: number): MapperValues['item'] {
	const { json = {}, binary = {} } = host.getInputData()[itemIndex] ?? {};
	return { json, files: Object.keys(binary) };
}

/** Whether n8n evaluates any text in it. */
export function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}
