import { lookUpErrorCode } from '../graph/errors/catalogue';
import type { EventError } from './eventTypes';
import { readArray, readNumber, readObject, readString, type JsonValue } from './lenientJson';

/**
 * The `errors` of a status or a message, each with the catalogue's class and advice.
 * `error_data.details` is where Meta explains itself; older payloads carry `details` beside the
 * code.
 */
export function readErrors(errors: JsonValue | undefined): EventError[] {
	return readArray(errors).flatMap((entry) => {
		const error = readObject(entry);
		if (error === null) return [];
		const code = readNumber(error['code']);
		const known = code === null ? null : lookUpErrorCode(code);
		return {
			code,
			title: readString(error['title']),
			message: readString(error['message']),
			details:
				readString(readObject(error['error_data'])?.['details']) ?? readString(error['details']),
			class: known?.class ?? null,
			advice: known?.advice ?? null,
		};
	});
}
