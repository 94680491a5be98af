import { componentTypes, type DefinedComponent } from './definition';

/**
 * The components of a template with some of them replaced, removed or added. Meta replaces all
 * components with those of an edit, so the others have to be sent along.
 *
 * @param present as Meta takes them
 * @param removed Meta's types
 */
export function mergeParts(
	present: readonly DefinedComponent[],
	changed: readonly DefinedComponent[],
	removed: readonly string[],
): DefinedComponent[] {
	const types = new Set(changed.map(({ type }) => type));
	const kept = present.filter(({ type }) => !types.has(type) && !removed.includes(type));
	const order: readonly string[] = componentTypes;
	const placeOf = ({ type }: DefinedComponent): number => {
		const place = order.indexOf(type);
		return place === -1 ? order.length : place;
	};
	return [...kept, ...changed].sort((a, b) => placeOf(a) - placeOf(b));
}
