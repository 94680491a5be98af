import { GraphError } from '../graph/errors.ts';
import type { JsonObject } from '../json.ts';

/** The member of this name. @throws GraphError 131008 where it is missing */
export function requirePart(parent: JsonObject, name: string, path = name): unknown {
	const value = parent[name];
	if (value === undefined || value === null) {
		throw new GraphError(131008, { details: `Parameter ${path} is missing` });
	}
	return value;
}
