import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import { characterCount } from './rules.ts';

/** Characters; the data comes back in every status. */
const maxCallbackDataLength = 512;

/** Checks what messages of all types have in common. @throws GraphError 100 or 131008 */
export function checkEnvelope(body: JsonObject, type: string): void {
	const callbackData = body['biz_opaque_callback_data'];
	if (callbackData !== undefined) {
		if (typeof callbackData !== 'string') {
			throw invalidParameter('Param biz_opaque_callback_data must be a string');
		}
		if (characterCount(callbackData) > maxCallbackDataLength) {
			throw invalidParameter(
				`Param biz_opaque_callback_data must be at most ${maxCallbackDataLength} characters long.`,
			);
		}
	}
	const context = body['context'];
	if (context === undefined || context === null) return;
	if (asText(asObject(context)?.['message_id']) === undefined) {
		throw new GraphError(131008, { details: 'Parameter context.message_id is missing' });
	}
	if (type === 'reaction') throw invalidParameter('A reaction cannot have a context');
}
