import { jsonSchemaOf } from '../node/itemShape';
import { resources, type Resource } from './table';

/** Version of the node that n8n looks the previews up by. */
const nodeVersion = '1.0.0';

/**
 * What n8n's editor shows of an operation before it has run: files beside the node, written by the
 * build.
 *
 * @returns JSON Schemas by their paths from the folder of the node
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
