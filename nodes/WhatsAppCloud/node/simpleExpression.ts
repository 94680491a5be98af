import { isExact } from '../values/json/exactJson';

/** Returns the value for an item's JSON; undefined if n8n's engine must evaluate it. */
export type SimpleExpression = (json: unknown) => unknown;

/**
 * Turns a parameter whose expressions only read members of the item (`{{ $json.customer.phone }}`,
 * alone or within a text) into a function that reads them directly: n8n's engine takes about a
 * millisecond for each, longer than a whole message takes. The result is the same as the engine's,
 * because anything the engine might treat differently is left to it: any other expression, a
 * missing or null member, and objects, dates and booleans within a text. One difference: if a
 * number within a text has lost digits, the result is that number alone.
 *
 * @param stored the parameter as stored in the workflow: a text, or a collection of texts
 * @returns null if an expression is not that simple
 */
export function simpleExpression(stored: unknown): SimpleExpression | null {
	if (typeof stored === 'string') return stored.startsWith('=') ? ofText(stored) : () => stored;
	if (typeof stored !== 'object' || stored === null) return () => stored;
	// n8n extracts the value of a resource locator.
	if ('__rl' in stored) return null;

	const members: { name: string; read: SimpleExpression }[] = [];
	for (const [name, value] of Object.entries(stored) as [string, unknown][]) {
		const read = simpleExpression(value);
		if (read === null) return null;
		members.push({ name, read });
	}
	return (json) => {
		const entries = members.map(({ name, read }): [string, unknown] => [name, read(json)]);
		if (entries.some(([, value]) => value === undefined)) return undefined;
		return Array.isArray(stored) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
	};
}

/** `$json`, then names after dots or quoted in brackets. */
const reference = /\{\{\s*\$json((?:\.[A-Za-z_]\w*|\["[^"\\]+"\]|\['[^'\\]+'\])+)\s*\}\}/;

const pathStep = /\.(\w+)|\["([^"]+)"\]|\['([^']+)'\]/g;

function ofText(stored: string): SimpleExpression | null {
	// A backslash may hide a brace from the engine, and it rejects some names.
	if (stored.includes('\\') || /constructor|__proto__|prototype/.test(stored)) return null;
	const pieces = stored.slice(1).split(new RegExp(reference, 'g'));
	// Every second piece is a reference's path; the others are the text around it.
	const texts = pieces.filter((_, index) => index % 2 === 0);
	const paths = pieces
		.filter((_, index) => index % 2 === 1)
		.map((path) => Array.from(path.matchAll(pathStep), ([, a, b, c]) => a ?? b ?? c ?? ''));
	if (paths.length === 0 || texts.some((text) => /[{}]/.test(text))) return null;

	const [only] = paths;
	if (only && paths.length === 1 && texts.every((text) => text === '')) {
		return (json) => {
			const value = memberOf(json, only);
			return isPlain(value) || typeof value === 'boolean' ? value : undefined;
		};
	}
	return (json) => {
		let whole = texts[0] ?? '';
		for (const [index, path] of paths.entries()) {
			const value = memberOf(json, path);
			if (!isPlain(value)) return undefined;
			// Within a text, nobody would notice lost digits; alone, the check rejects the number.
			if (typeof value === 'number' && !isExact(value)) return value;
			whole += String(value) + (texts[index + 1] ?? '');
		}
		return whole;
	};
}

const isPlain = (value: unknown): value is string | number =>
	typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

function memberOf(json: unknown, path: readonly string[]): unknown {
	let value = json;
	for (const name of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
			return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	return value;
}
