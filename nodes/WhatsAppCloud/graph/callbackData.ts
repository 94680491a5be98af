/** Separates the operation ID, which never contains it, from the user's own value. */
const separator = '|';

/**
 * Builds `biz_opaque_callback_data`, which comes back in every status: the operation ID, followed
 * by the user's own value if there is one. Meta allows 512 characters.
 */
export function toCallbackData(operationId: string, callbackValue: string | undefined): string {
	return callbackValue === undefined ? operationId : operationId + separator + callbackValue;
}

/** Splits callback data again. Another sender's data comes back whole as the operation ID. */
export function readCallbackData(data: string): {
	operationId: string;
	callbackValue: string | null;
} {
	const at = data.indexOf(separator);
	return at === -1
		? { operationId: data, callbackValue: null }
		: { operationId: data.slice(0, at), callbackValue: data.slice(at + separator.length) };
}
