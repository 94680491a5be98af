/**
 * Where something stands in a definition, by the types of components and not by their positions:
 * `['name']`, `['BODY', 'text']`, `['BUTTONS', 1, 'url']`, `['CAROUSEL', 0, 'HEADER', 'example']`.
 */
export type Place = readonly (string | number)[];

/**
 * Takes a problem with something in a definition.
 *
 * @param problem completes a sentence that begins with the place: `is empty`
 * @param advice what to do about it, if the sentence does not say it
 */
export type Complain = (place: Place, problem: string, advice?: string) => void;

/** The same for a part of the definition, whose own places begin at that part. */
export const within =
	(complain: Complain, ...start: Place): Complain =>
	(place, problem, advice) => {
		complain([...start, ...place], problem, advice);
	};
