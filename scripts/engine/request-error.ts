/** A mistake in the request; the message is for whoever made it. */
export class RequestError extends Error {
	override readonly name = 'RequestError';
}
