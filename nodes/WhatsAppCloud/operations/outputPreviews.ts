import { jsonSchemaOf } from '../node/itemShape';
import { resources, type Resource } from './table';

/** The node version under which n8n looks up the previews. */
const nodeVersion = '1.0.0';

/**
 * What n8n's editor shows of an operation's output before it has run: files that the build writes
 * next to the node.
 *
 * @returns JSON Schemas by path, relative to the node's folder
 */
export function outputPreviews(): Record<string, object> {
	const table: [string, Resource][] = Object.entries(resources);
	return Object.fromEntries(
		table.flatMap(([resource, { operations }]) =>
			Object.entries(operations).map(([operation, { outputSchema }]) => [
				`__schema__/v${nodeVersion}/${resource}/${operation}.json`,
				{ ...jsonSchemaOf(outputSchema), version: 1 },
			]),
		),
	);
}
