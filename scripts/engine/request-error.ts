/** A mistake of the one who calls the script; the message is for their eyes. */
export class RequestError extends Error {
	override readonly name = 'RequestError';
}
