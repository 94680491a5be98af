import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { MessageUnderTest } from '../type.ts';

/** What the rules of components see; the definition is null for a template that is not stored. */
export interface ComponentContext {
	message: MessageUnderTest;
	/** Components of the definition, by type in capitals. */
	definition: ReadonlyMap<string, JsonObject> | null;
	isNamed: boolean;
	category: string;
	/** Where the components stand, for the details of errors. */
	path: string;
}

/** Components of a definition by their type in capitals. */
export function byType(components: readonly JsonObject[]): Map<string, JsonObject> {
	return new Map(
		components.map((component) => [asText(component['type'])?.toUpperCase() ?? '', component]),
	);
}
