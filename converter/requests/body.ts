/** A field of a body: its name, and its value as the panel has it. */
interface Field {
	name: string;
	value: unknown;
}

/** A body, or a part of it: code for its value, or its members. */
type Part = string | Map<string, Part>;

/**
 * The JSON body that n8n makes of fields with a name and a value each, as an expression.
 *
 * @param isNested whether n8n reads dots in the names, as it does from version 4 of the node on
 * @returns `null` if there are no fields, or if they cannot be written as one
 */
export function bodyOfRows(fields: readonly Field[], isNested: boolean): string | null {
	const body = new Map<string, Part>();
	for (const { name, value } of fields) {
		const path = isNested ? name.split('.') : [name];
		const code = valueCode(value);
		if (code === null || /[[\]]/.test(name) || path.some((part) => part === '')) return null;
		if (!putAt(body, path, code)) return null;
	}
	return fields.length === 0 ? null : `={{ JSON.stringify(${codeOf(body)}) }}`;
}

function putAt(body: Map<string, Part>, path: readonly string[], code: string): boolean {
	const [first = '', ...rest] = path;
	if (rest.length === 0) {
		body.set(first, code);
		return true;
	}
	const inner = body.get(first) ?? new Map<string, Part>();
	if (typeof inner === 'string') return false;
	body.set(first, inner);
	return putAt(inner, rest, code);
}

/** The blanks keep two braces apart, which would end the expression. */
function codeOf(part: Part): string {
	if (typeof part === 'string') return part;
	const members = Array.from(part, ([name, inner]) => `${JSON.stringify(name)}: ${codeOf(inner)}`);
	return `{ ${members.join(', ')} }`;
}

/** A value of the panel as code; Meta reads the JSON text of an object as that object. */
function valueCode(value: unknown): string | null {
	if (typeof value !== 'string') return literal(value);
	if (!value.startsWith('=')) return literal(parsedObject(value) ?? value);
	const parts = value
		.slice(1)
		.split(/(\{\{[\s\S]*?\}\})/)
		.filter((part) => part !== '');
	const codes = parts.map((part) =>
		part.startsWith('{{') && part.endsWith('}}') ? `(${part.slice(2, -2).trim()})` : literal(part),
	);
	if (codes.includes(null) || codes.length === 0) return null;
	const [only] = codes;
	// What is put together is text, as in n8n, where a value that is missing leaves nothing behind;
	// the JSON text of an object is read as one.
	if (codes.length === 1) return only ?? null;
	const text = `[${codes.join(', ')}].join("")`;
	const [first = ''] = parts;
	const last = parts.at(-1) ?? '';
	const isJson =
		/^\s*(?:\{\s*"|\[\s*["{[])/.test(first) && !last.startsWith('{{') && /[}\]]\s*$/.test(last);
	return isJson ? `JSON.parse(${text})` : text;
}

function literal(value: unknown): string | null {
	const code = JSON.stringify(value, null, 1) as string | undefined;
	// A line break stands where two braces would meet; within a text, they cannot be kept apart.
	return code === undefined || /\{\{|\}\}/.test(code) ? null : code.replace(/\n\s*/g, ' ');
}

function parsedObject(text: string): unknown {
	if (!/^\s*[{[]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
