import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/**
 * Reads the values of an operation's fields for one item.
 *
 * An expression costs n8n about a millisecond, a fixed value almost nothing; still, what holds no
 * expression is read once per run and not once per item.
 */
export type ParameterReader = (itemIndex: number) => Record<string, unknown>;

/** Makes the reader of one run. */
export function createParameterReader(
	host: IExecuteFunctions,
	fields: INodeProperties[],
): ParameterReader {
	const stored = host.getNode().parameters;
	const fixed: Record<string, unknown> = {};
	const perItem: string[] = [];

	// A field that is hidden by display options, or only informs, has no stored value.
	for (const name of new Set(fields.map((field) => field.name))) {
		const value = stored[name];
		if (value === undefined) continue;
		if (holdsExpression(value)) perItem.push(name);
		else fixed[name] = read(host, name, 0);
	}

	return (itemIndex) => {
		const values = { ...fixed };
		for (const name of perItem) values[name] = read(host, name, itemIndex);
		return values;
	};
}

function read(host: IExecuteFunctions, name: string, itemIndex: number): unknown {
	return host.getNodeParameter(name, itemIndex, undefined, { extractValue: true });
}

function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}
