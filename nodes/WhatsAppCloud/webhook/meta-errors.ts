import type { EventError } from './events';
import { readArray, readNumber, readObject, readString, type JsonValue } from './json';

/**
 * The `errors` of a status, a message or a change. `error_data.details` is where Meta explains
 * itself; older payloads carry `details` beside the code.
 */
export function readErrors(errors: JsonValue | undefined): EventError[] {
	return readArray(errors).flatMap((entry) => {
		const error = readObject(entry);
		if (error === null) return [];
		return {
			code: readNumber(error['code']),
			title: readString(error['title']),
			message: readString(error['message']),
			details:
				readString(readObject(error['error_data'])?.['details']) ?? readString(error['details']),
		};
	});
}
