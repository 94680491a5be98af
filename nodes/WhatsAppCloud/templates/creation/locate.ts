import { report, type Problems } from '../../values/schema/singleStep';
import type { DefinedComponent } from './definition';
import { cardsOf } from './files';
import type { Complain, Place } from './place';

/** Finds the panel's field, or the member of the JSON, that a place in a definition comes from. */
export type Locate = (place: Place) => PropertyKey[];

/** Reports problems with a definition where the user can mend them. */
export function complainAt(problems: Problems, locate: Locate): Complain {
	return (place, message, advice) => {
		const path = locate(place);
		if (advice === undefined) {
			report(problems, path, message);
			return;
		}
		problems.issues.push({ code: 'custom', path, message, input: undefined, params: { advice } });
	};
}

/**
 * Where a place stands in components as JSON.
 *
 * @param start path of the list of components
 */
export function locateInJson(
	components: readonly DefinedComponent[],
	start: PropertyKey[],
	[type = '', ...rest]: Place,
): PropertyKey[] {
	const index = components.findIndex((component) => component.type === type);
	const component = components[index];
	if (component === undefined) return start;
	const path = [...start, index];
	if (type === 'BUTTONS') return [...path, 'buttons', ...rest];
	if (type !== 'CAROUSEL') return [...path, ...rest];
	const [card, ...inCard] = rest;
	if (card === undefined) return [...path, 'cards'];
	const ofCard = [...path, 'cards', card];
	const inner = cardsOf(component)[Number(card)]?.components ?? [];
	return inCard.length === 0 ? ofCard : locateInJson(inner, [...ofCard, 'components'], inCard);
}
