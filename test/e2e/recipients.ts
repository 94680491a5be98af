/** A number of a test, counted up from its own first one. */
export const digitsOf = (first: number, index: number): string => `1555${String(first + index)}`;

/** Items for a run of sends, each to another number. */
export const people = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		recipient: `+${digitsOf(first, index)}`,
		text: `Message ${index}`,
	}));

/** Each recipient once, and nobody else. */
export const onceEach = (first: number, count: number): Record<string, number> =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [digitsOf(first, index), 1]));
