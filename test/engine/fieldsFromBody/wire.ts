/** A part of a body. */
export type Wire = Record<string, unknown>;

/** Parameters of the node as a workflow stores them. */
export type Parameters = Record<string, unknown>;

/** The object at that key, or an empty one. */
export function object(value: unknown): Wire {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Wire)
		: {};
}

/** The objects of a list; none if it is not a list. */
export function list(value: unknown): Wire[] {
	return Array.isArray(value) ? value.map(object) : [];
}

/** Only the parameters that have a value. */
export function filled(parameters: Parameters): Parameters {
	return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}

/** The parameters of a file; a prefix tells several apart. */
export function fileParameters(media: Wire, prefix = ''): Parameters {
	const named = (name: string): string =>
		prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
	return media['id'] === undefined
		? { [named('mediaSource')]: 'link', [named('mediaLink')]: media['link'] }
		: { [named('mediaSource')]: 'id', [named('mediaId')]: media['id'] };
}

/** The value of a resource locator, as if typed in. */
export const locator = (value: unknown, mode = 'id'): Wire => ({ __rl: true, mode, value });

/** An amount of money: `{value: 1999, offset: 100}` is 19.99. */
export function amount(value: unknown): number | undefined {
	const { value: units, offset } = object(value);
	return typeof units === 'number' && typeof offset === 'number' ? units / offset : undefined;
}
