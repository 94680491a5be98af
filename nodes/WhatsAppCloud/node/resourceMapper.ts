import { isObject, objectOf } from '../values/unknown';

/**
 * The values of a resource mapper: those that the user entered, or the input item in n8n's automatic
 * mode, in which n8n stores none.
 *
 * @param stored the parameter as n8n returns it, with its expressions evaluated
 */
export function mappedValues(stored: unknown, item: Record<string, unknown>): unknown {
	if (!isObject(stored)) return stored;
	return stored['mappingMode'] === 'autoMapInputData' ? item : objectOf(stored['value']);
}
