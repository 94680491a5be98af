import { lookUpErrorCode } from '../../graph/errors/catalogue';
import type { ErrorClass } from '../../graph/errors/errorClass';
import { readArray, readNumber, readObject, readString, type JsonValue } from './lenientJson';

/** An error from Meta, in a failed status or an unsupported message. */
export interface EventError {
	code: number | null;
	title: string | null;
	message: string | null;
	details: string | null;
	/** The kind of problem, from the error catalogue; `null` without a code. */
	class: ErrorClass | null;
	/** What to do about it, from the error catalogue. */
	advice: string | null;
}

/**
 * The `errors` of a status or a message, each with the catalogue's class and advice.
 * Meta explains the error in `error_data.details`; older payloads have `details` beside the code.
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
