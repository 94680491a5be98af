/** Whether a value is an object and not a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is an object, otherwise an empty one. */
export const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The value if it is a list, otherwise an empty one. */
export const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The value if it is a text that is not empty, otherwise null. */
export const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** A copy without some of its members. */
export const without = (
	object: Record<string, unknown>,
	...names: string[]
): Record<string, unknown> =>
	Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** A thrown value as an error. */
export const errorOf = (thrown: unknown): Error =>
	thrown instanceof Error ? thrown : new Error(String(thrown));

/** The message of a thrown value. */
export const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);
