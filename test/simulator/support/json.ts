export type Json = Record<string, unknown>;

/** The value at a path; undefined if the path breaks off. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
	let current = value;
	for (const step of path) {
		if (typeof current !== 'object' || current === null) return undefined;
		current = Reflect.get(current, step);
	}
	return current;
}

/** The text at a path. @throws if there is none */
export function textAt(value: unknown, ...path: (string | number)[]): string {
	const found = at(value, ...path);
	if (typeof found !== 'string') {
		throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`);
	}
	return found;
}

/** The objects in the list at a path; none if there is no list. */
export function listAt(value: unknown, ...path: (string | number)[]): Json[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? (found as Json[]) : [];
}
