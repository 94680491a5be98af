/** A variable as Meta writes it: `{{1}}`, `{{first_name}}`. */
const placeholder = /\{\{([^{}]*)\}\}/g;

/** What stands between the braces of each variable, in order, with repeats. */
export function placeholdersIn(text: string): string[] {
	return [...text.matchAll(placeholder)].map(([, inner = '']) => inner.trim());
}

/** The variables of a text, each once. */
export const namesIn = (text: string): string[] => [...new Set(placeholdersIn(text))];

/** A text without its variables. */
export const withoutPlaceholders = (text: string): string => text.replace(placeholder, '');

/** Whether a variable has a number instead of a name. */
export const isNumber = (name: string): boolean => /^\d+$/.test(name);

/**
 * Turns `{first_name}` into `{{first_name}}`. In the panel, variables have single braces, because
 * n8n takes double ones for an expression. Double braces stay as they are.
 */
export function withDoubleBraces(text: string): string {
	return text.replace(/(?<!\{)\{\s*(\w+)\s*\}(?!\})/g, '{{$1}}');
}
