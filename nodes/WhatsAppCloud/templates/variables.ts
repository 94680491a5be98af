/** How a template writes a variable: `{{1}}` or `{{first_name}}`. */
const variable = /\{\{\s*(\w+)\s*\}\}/g;

/** The variables of a text by name or number, in their order, each once. */
export const variablesIn = (text: string): string[] => [
	...new Set([...text.matchAll(variable)].map(([, name = '']) => name)),
];

/** Whether a variable goes by its place and not by a name. */
export const isNumbered = (name: string): boolean => /^[1-9]\d*$/.test(name);

/**
 * The text with its variables filled in.
 *
 * @param valueOf the value of a variable; undefined leaves it as it is
 */
export const fillVariables = (
	text: string,
	valueOf: (name: string) => string | undefined,
): string => text.replaceAll(variable, (written: string, name: string) => valueOf(name) ?? written);
