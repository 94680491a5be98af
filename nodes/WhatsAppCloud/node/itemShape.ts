/** The names and types in an item's JSON. A list shows one entry. */
export type ItemShape =
	| 'string'
	| 'integer'
	| 'number'
	| 'boolean'
	| readonly [ItemShape]
	| { readonly [name: string]: ItemShape };

/** The shape as a JSON Schema, in the form n8n uses for data of earlier runs. */
export function jsonSchemaOf(shape: ItemShape): object {
	if (typeof shape === 'string') return { type: shape };
	if (isList(shape)) return { type: 'array', items: jsonSchemaOf(shape[0]) };
	const members = Object.entries(shape).map(([name, member]) => [name, jsonSchemaOf(member)]);
	return { type: 'object', properties: Object.fromEntries(members) as object };
}

/** `Array.isArray` does not narrow to readonly arrays. */
const isList = (shape: ItemShape): shape is readonly [ItemShape] => Array.isArray(shape);
