import { z } from 'zod/v4';
import { optionalId, requiredId } from '../interactive/parts';

/** A product of a list; in JSON its ID alone is enough. */
export const productRow = z.preprocess(
	(row) => (typeof row === 'string' || typeof row === 'number' ? { productRetailerId: row } : row),
	z.object(
		{ productRetailerId: requiredId, catalogId: optionalId },
		{ error: 'must be an object with a productRetailerId' },
	),
);

type ProductRow = z.output<typeof productRow>;

/** All products of a message are in one catalog; a row that names another is refused. */
export function checkSameCatalog(
	rows: ProductRow[],
	catalogId: string,
	path: PropertyKey[],
	context: Pick<z.core.ParsePayload, 'issues'>,
): void {
	for (const [index, { catalogId: own }] of rows.entries()) {
		if (own === undefined || own === catalogId) continue;
		context.issues.push({
			code: 'custom',
			path: [...path, index, 'catalogId'],
			message: `must be ${catalogId}, the catalog of the message, but is ${own}`,
			input: own,
		});
	}
}
