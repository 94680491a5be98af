import type { JsonObject } from '../json.ts';
import type { Located, Place } from './located-json.ts';

/** Where something is in the Flow JSON: the steps from the root, and the place in the text. */
export interface Spot {
	path: readonly (string | number)[];
	place: Place;
}

/** Something that Meta finds wrong with Flow JSON. */
export interface Finding {
	/** `INVALID_PROPERTY_VALUE` … */
	error: string;
	message: string;
	/** The first one is where the finding as a whole is. */
	spots: readonly [Spot, ...Spot[]];
}

/** A member or item of a located value, with its path. */
export interface Node extends Spot {
	json: Located;
}

export const rootOf = (json: Located): Node => ({ json, path: [], place: json.place });

/** The member of this name; undefined if there is none. */
export function member(node: Node, name: string): Node | undefined {
	const found = node.json.members.get(name);
	if (found === undefined) return undefined;
	return { json: found.node, path: [...node.path, name], place: found.node.place };
}

/** The items of an array; none for anything else. */
export const itemsOf = (node: Node | undefined): Node[] =>
	(node?.json.items ?? []).map((json, index) => ({
		json,
		path: [...(node?.path ?? []), index],
		place: json.place,
	}));

/** The members of an object, each with the place of its name. */
export const membersOf = (node: Node | undefined): { name: string; key: Spot; node: Node }[] =>
	[...(node?.json.members ?? [])].map(([name, { key, node: json }]) => {
		const path = [...(node?.path ?? []), name];
		return { name, key: { path, place: key }, node: { json, path, place: json.place } };
	});

/** The text of a member; undefined if it is missing or no text. */
export function textOf(node: Node | undefined, name: string): string | undefined {
	const value = node && member(node, name)?.json.value;
	return typeof value === 'string' ? value : undefined;
}

/**
 * The finding as Meta lists it in `validation_errors`.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi
 */
export function asValidationError(finding: Finding): JsonObject {
	const [first] = finding.spots;
	return {
		error: finding.error,
		error_type: 'FLOW_JSON_ERROR',
		message: finding.message,
		...linesOf(first.place),
		pointers: finding.spots.map(({ path, place }) => ({
			...linesOf(place),
			path: pathText(path),
		})),
	};
}

const linesOf = (place: Place): JsonObject => ({
	line_start: place.lineStart,
	line_end: place.lineEnd,
	column_start: place.columnStart,
	column_end: place.columnEnd,
});

/** `screens[0].layout.children[2].type` */
const pathText = (path: Spot['path']): string =>
	path
		.map((step, index) =>
			typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
		)
		.join('');
