import { webhookError } from '../graph/errors.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';

/** Types whose object has another name than the type, or none. */
const withoutOwnObject: ReadonlySet<string> = new Set(['unsupported', 'unknown']);

/**
 * The message with what Meta adds to its type. The server fills in sender, ID and time.
 * @throws SyntaxError when the object of the type is missing
 */
export function shapeInbound(
	_simulator: Simulator,
	_number: PhoneNumber,
	message: { type: string } & JsonObject,
): JsonObject {
	const { id: _id, from: _from, timestamp: _timestamp, context: _context, ...rest } = message;
	const { type } = message;
	if (withoutOwnObject.has(type)) {
		return { errors: [webhookError(131051, 'Message type is currently not supported.')], ...rest };
	}
	if (rest[type] === undefined) throw new SyntaxError(`message.${type} is missing`);
	return rest;
}
