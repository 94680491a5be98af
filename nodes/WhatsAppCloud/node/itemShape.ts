/** Names and kinds of what an item's JSON holds. A list shows one entry. */
export type ItemShape =
	| 'string'
	| 'integer'
	| 'number'
	| 'boolean'
	| readonly [ItemShape]
	| { readonly [name: string]: ItemShape };

/** The same as a JSON Schema, in the form in which n8n keeps the data of earlier runs. */
export function jsonSchemaOf(shape: ItemShape): object {
	if (typeof shape === 'string') return { type: shape };
	if (isList(shape)) return { type: 'array', items: jsonSchemaOf(shape[0]) };
	const members = Object.entries(shape).map(([name, member]) => [name, jsonSchemaOf(member)]);
	return { type: 'object', properties: Object.fromEntries(members) as object };
}

/** `Array.isArray` does not see that a list which cannot be changed is one. */
const isList = (shape: ItemShape): shape is readonly [ItemShape] => Array.isArray(shape);
