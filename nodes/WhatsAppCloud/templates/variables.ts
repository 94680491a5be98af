/** How a template writes a variable: `{{1}}` or `{{first_name}}`. */
const variable = /\{\{\s*(\w+)\s*\}\}/g;

/** The variables of a text by name or number, in their order, each once. */
export const variablesIn = (text: string): string[] => [
	...new Set([...text.matchAll(variable)].map(([, name = '']) => name)),
];

/** Whether a variable goes by its place and not by a name. */
export const isNumbered = (name: string): boolean => /^[1-9]\d*$/.test(name);

/** A text in pieces: what is fixed, and the variables as they are written; none of them is empty. */
export function splitAtVariables(text: string): (string | { name: string; written: string })[] {
	const pieces: (string | { name: string; written: string })[] = [];
	let end = 0;
	for (const match of text.matchAll(variable)) {
		const [written, name = ''] = match;
		if (match.index > end) pieces.push(text.slice(end, match.index));
		pieces.push({ name, written });
		end = match.index + written.length;
	}
	if (end < text.length) pieces.push(text.slice(end));
	return pieces;
}
