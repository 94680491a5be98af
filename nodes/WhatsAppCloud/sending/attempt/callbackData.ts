/** Between the operation ID, which never holds it, and the user's own value. */
const separator = '|';

/**
 * What travels as `biz_opaque_callback_data` and comes back in every status: the operation ID,
 * and after it the user's own value where there is one. Meta allows 512 characters.
 */
export function toCallbackData(operationId: string, callbackValue: string | undefined): string {
	return callbackValue === undefined ? operationId : operationId + separator + callbackValue;
}

/** Takes callback data apart again. Data of other senders comes back as the operation ID, whole. */
export function readCallbackData(data: string): {
	operationId: string;
	callbackValue: string | null;
} {
	const at = data.indexOf(separator);
	return at === -1
		? { operationId: data, callbackValue: null }
		: { operationId: data.slice(0, at), callbackValue: data.slice(at + separator.length) };
}
