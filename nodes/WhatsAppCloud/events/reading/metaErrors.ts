import { lookUpErrorCode } from '../../graph/errors/catalogue';
import type { ErrorClass } from '../../graph/errors/errorClass';
import { readArray, readNumber, readObject, readString, type JsonValue } from './lenientJson';

/** An error of Meta's, in a failed status or an unsupported message. */
export interface EventError {
	code: number | null;
	title: string | null;
	message: string | null;
	details: string | null;
	/** What kind of trouble it is, from the catalogue of errors; `null` without a code. */
	class: ErrorClass | null;
	/** What to do about it, from the catalogue of errors. */
	advice: string | null;
}

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
