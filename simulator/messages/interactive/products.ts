import type { JsonObject } from '../../json.ts';
import { badValue, requireText } from '../rules.ts';
import type { LookupContext } from '../media-object.ts';

const maxIdLength = 1000;

/** @throws GraphError 131008 if it is missing, 131009 if no such catalog is connected */
export function requireCatalog(
	{ simulator, number }: LookupContext,
	parent: JsonObject,
	path: string,
): string {
	const id = requireText(parent, 'catalog_id', `${path}.catalog_id`, { max: maxIdLength });
	if (!simulator.settings.strictReferences) return id;
	if (simulator.account.catalogs.get(id)?.businessAccountId !== number.businessAccountId) {
		throw badValue(`The catalog ${id} is not connected to this business account`);
	}
	return id;
}

/** @throws GraphError 131008 if it is missing, 131009 if the catalog has no such product */
export function requireProduct(
	{ simulator }: LookupContext,
	parent: JsonObject,
	name: string,
	path: string,
	catalogId: string | null,
): string {
	const id = requireText(parent, name, `${path}.${name}`, { max: maxIdLength });
	if (!simulator.settings.strictReferences) return id;
	const catalogs = [...simulator.account.catalogs.values()].filter(
		(catalog) => catalogId === null || catalog.id === catalogId,
	);
	if (!catalogs.some(({ products }) => products.some(({ retailerId }) => retailerId === id))) {
		throw badValue(
			`Products not found in FB Catalog: product_retailer_id ${id}${catalogId === null ? '' : `, catalog_id ${catalogId}`}`,
		);
	}
	return id;
}
