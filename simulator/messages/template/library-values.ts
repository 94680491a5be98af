import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { LibraryParameter, LibraryTemplate } from '../../state/templates/library.ts';

/** What values of each type look like; texts may be anything. */
const patterns: Readonly<Partial<Record<LibraryParameter, RegExp>>> = {
	ADDRESS: /\p{L}/u,
	AMOUNT: /^\D{0,8}\d[\d.,]*\D{0,8}$/,
	DATE: /\d/,
	'PHONE NUMBER': /^[\d\s()+-]+$/,
	EMAIL: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
	NUMBER: /^\d+$/,
};

/**
 * Checks the values of a template made from Meta's library.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-library
 * @throws GraphError 132018 for a value of another type
 */
export function checkLibraryValues(
	library: LibraryTemplate | undefined,
	parameters: readonly JsonObject[],
	path: string,
): void {
	for (const [index, type] of (library?.body_param_types ?? []).entries()) {
		const value = asText(parameters[index]?.['text']);
		if (value === undefined || (patterns[type] ?? /^/).test(value)) continue;
		throw new GraphError(132018, {
			details: `${path}: parameters[${index}]: ${value.slice(0, 60)} is not of the type ${type}`,
		});
	}
}
