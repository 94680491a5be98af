import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { LibraryTemplate } from '../../state/templates/library.ts';
import type { MessageUnderTest } from '../type.ts';

/** What the rules of components see; the definition is null if the template is not stored. */
export interface ComponentContext {
	message: MessageUnderTest;
	/** Components of the definition, by type in upper case. */
	definition: ReadonlyMap<string, JsonObject> | null;
	isNamed: boolean;
	category: string;
	/** Where the template comes from, if Meta's library has it. */
	library: LibraryTemplate | undefined;
	/** Path of the components, for the details of errors. */
	path: string;
}

/** Components of a definition by their type in upper case. */
export function byType(components: readonly JsonObject[]): Map<string, JsonObject> {
	return new Map(
		components.map((component) => [asText(component['type'])?.toUpperCase() ?? '', component]),
	);
}
