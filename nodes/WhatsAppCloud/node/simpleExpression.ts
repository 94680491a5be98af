import { isExact } from '../values/json/exactJson';

/** Returns the value for an item's JSON; undefined if n8n's engine has to evaluate it. */
export type SimpleExpression = (json: unknown) => unknown;

/**
 * Makes a parameter whose expressions only read members of the item (`{{ $json.customer.phone }}`,
 * alone or within a text) a function that reads them directly: n8n's engine takes about a
 * millisecond for each, which is more than a whole message does. The result is the engine's, for
 * whatever it might treat in another way is left to it: any other expression, a member that is
 * missing or null, and objects, dates and booleans within a text. One thing it does otherwise: a
 * number within a text that has lost digits comes out alone.
 *
 * @param stored the parameter as the workflow holds it: a text, or a collection with texts in it
 * @returns null where an expression is not that simple
 */
export function simpleExpression(stored: unknown): SimpleExpression | null {
	if (typeof stored === 'string') return stored.startsWith('=') ? ofText(stored) : () => stored;
	if (typeof stored !== 'object' || stored === null) return () => stored;
	// What a resource locator holds is for n8n to take out.
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

/** `$json`, then names after points or in quoted brackets. */
const reference = /\{\{\s*\$json((?:\.[A-Za-z_]\w*|\["[^"\\]+"\]|\['[^'\\]+'\])+)\s*\}\}/;

const pathStep = /\.(\w+)|\["([^"]+)"\]|\['([^']+)'\]/g;

function ofText(stored: string): SimpleExpression | null {
	// A backslash may hide a brace from the engine; some names it refuses.
	if (stored.includes('\\') || /constructor|__proto__|prototype/.test(stored)) return null;
	const pieces = stored.slice(1).split(new RegExp(reference, 'g'));
	// Every second piece is the path of a reference, those between are the text around.
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
			// Within a text nobody would see that digits are lost; alone, the check refuses it.
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
