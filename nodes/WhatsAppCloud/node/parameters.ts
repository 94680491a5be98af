import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { inputSuffix, jsonSuffix, joinLists } from '../fields/listField';
import { createItemPicker } from '../fields/valuesFrom';
import { withLostDigits } from './lostDigits';
import { createMapperReader, holdsExpression } from './resourceMapper';
import { simpleExpression, type SimpleExpression } from './simpleExpression';

/**
 * Reads the values of an operation's fields for one item.
 *
 * An expression costs n8n about a millisecond, a fixed value almost nothing; even so, fixed values
 * are read once per run, not once per item.
 */
type ParameterReader = (itemIndex: number) => Record<string, unknown>;

/** Parameters that control reading and are not values themselves. */
const steering = new Set(['valuesFrom', 'valuesFromNotice', 'renames', 'options']);

/** Names of the values an input item can supply instead of the fields. */
export function itemValueNames(fields: INodeProperties[]): string[] {
	const stored = fields
		// A mapper's values have names of their own.
		.filter(({ type }) => type !== 'notice' && type !== 'resourceMapper')
		.map(({ name }) => name);
	// A list's parameters are one value: the choice, the rows (if any) and the JSON.
	const lists = stored
		.filter((name) => name.endsWith(jsonSuffix))
		.map((name) => name.slice(0, -jsonSuffix.length))
		.filter((name) => stored.includes(name + inputSuffix));
	const parts = new Set(lists.flatMap((name) => [name + inputSuffix, name + jsonSuffix]));
	const names = [...stored, ...lists].filter((name) => !steering.has(name) && !parts.has(name));
	return [...new Set(names)];
}

/** Whether the input items supply the values, by name. */
export const takesValuesFromItem = (host: Pick<IExecuteFunctions, 'getNode'>): boolean =>
	host.getNode().parameters['valuesFrom'] === 'item';

/** Creates the reader for one run. */
export function createParameterReader(
	host: IExecuteFunctions,
	fields: INodeProperties[],
): ParameterReader {
	const stored = host.getNode().parameters;
	const fixed: Record<string, unknown> = {};
	const withExpression: { name: string; simple: SimpleExpression | null }[] = [];
	const ofType = (wanted: INodeProperties['type']): Set<string> =>
		new Set(fields.filter(({ type }) => type === wanted).map(({ name }) => name));
	const locators = ofType('resourceLocator');
	const mappers = ofType('resourceMapper');
	const read = (name: string, itemIndex: number): unknown =>
		host.getNodeParameter(name, itemIndex, undefined, { extractValue: locators.has(name) });

	// Notices and fields hidden by display options have no stored value.
	for (const name of new Set(fields.map((field) => field.name))) {
		const value = stored[name];
		if (value === undefined || mappers.has(name)) continue;
		if (holdsExpression(value)) withExpression.push({ name, simple: simpleExpression(value) });
		else fixed[name] = read(name, 0);
	}

	const pick = takesValuesFromItem(host)
		? createItemPicker(itemValueNames(fields), fixed['renames'])
		: () => ({});
	const items = takesValuesFromItem(host) ? host.getInputData() : [];
	const mapperReaders = [...mappers]
		.filter((name) => stored[name] !== undefined)
		.map((name) => [name, createMapperReader(host, name, itemValueNames(fields))] as const);
	const sourceChoices = sourceChoicesOf(fields);
	// Most runs with values from the item have no expression, so that the lists are the same for all.
	const joinedOnce = withExpression.length === 0 ? joinLists(fixed) : null;

	return (itemIndex) => {
		const given: Record<string, unknown> = pick(items[itemIndex]?.json ?? {});
		const values = { ...(joinedOnce ?? fixed) };
		let json: unknown;
		for (const { name, simple } of withExpression) {
			// A value from the item needs no expression.
			if (given[name] !== undefined) continue;
			if (simple) json ??= host.getWorkflowDataProxy(itemIndex).$json;
			values[name] =
				simple?.(json) ??
				withLostDigits(stored[name], read(name, itemIndex), (expression) =>
					host.evaluateExpression(expression, itemIndex),
				);
		}
		for (const [name, readMapper] of mapperReaders) values[name] = readMapper(itemIndex);
		const joined = Object.assign(joinedOnce === null ? joinLists(values) : values, given);
		for (const { choice, dependents, standsBackAt } of sourceChoices) {
			const byItem = dependents.some((name) => given[name] !== undefined);
			const standsBack = standsBackAt === undefined || joined[choice] === standsBackAt;
			// An item with a link has chosen the link, whatever the field says.
			if (byItem && standsBack && given[choice] === undefined) {
				Reflect.deleteProperty(joined, choice);
			}
		}
		return joined;
	};
}

interface SourceChoice {
	choice: string;
	dependents: string[];
	/** The only value of the choice that an item's values override; undefined means any. */
	standsBackAt: string | undefined;
}

/**
 * Parameters such as `mediaSource` that select which of several others applies, with those others.
 * One that can be "none", such as `headerType`, yields to the item only when it is.
 */
function sourceChoicesOf(fields: INodeProperties[]): SourceChoice[] {
	const found = new Map<string, SourceChoice>();
	for (const { name: choice, options = [] } of fields) {
		const mayBeNone = options.some((option) => 'value' in option && option.value === 'none');
		if (found.has(choice) || !(mayBeNone || /source$/i.test(choice))) continue;
		const dependents = fields
			.filter(({ displayOptions }) => displayOptions?.show?.[choice] !== undefined)
			.map(({ name }) => name);
		found.set(choice, { choice, dependents, standsBackAt: mayBeNone ? 'none' : undefined });
	}
	return [...found.values()];
}
