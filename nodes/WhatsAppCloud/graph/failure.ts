import { NoAnswerError } from './errors';

/** Codes of errors that come up before a byte of the request has left. */
const beforeSending = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_PACKET_LENGTH_TOO_LONG',
	'ERR_SSL_UNSUPPORTED_PROTOCOL',
]);

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** What the codes that users meet most often mean. */
const causeInWords: Record<string, string> = {
	ECONNREFUSED: 'it refused the connection',
	ENOTFOUND: 'its name is not known',
	EAI_AGAIN: 'names cannot be looked up at the moment',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no network',
	UND_ERR_CONNECT_TIMEOUT: 'it did not take the connection in time',
};

/**
 * Why a request got no answer, in words.
 *
 * @param host as the user knows it
 * @param isRead the request only read, so that it cannot have changed anything
 */
export function describeFailure(
	error: unknown,
	host: string,
	timeoutMs: number,
	isRead: boolean,
): NoAnswerError {
	if (error instanceof NoAnswerError) return error;
	const codes = error instanceof Error ? errorCodesOf(error) : [];
	const early = codes.find((code) => beforeSending.has(code));
	if (early !== undefined) {
		const cause = causeInWords[early] ?? `its certificate was not accepted, ${early}`;
		return new NoAnswerError('unreachable', `${host} cannot be reached: ${cause}`, { isRead });
	}
	const isTimeout = error instanceof Error && error.name === 'TimeoutError';
	if (isTimeout || codes.some((code) => timeouts.has(code))) {
		const problem = `${host} gave no answer within ${timeoutMs / 1000} s`;
		return new NoAnswerError('timeout', problem, { isRead });
	}
	const problem = `The connection to ${host} broke before the answer was complete`;
	return new NoAnswerError('lost', problem, { isRead });
}

/** The codes of an error and of those behind it (Node tries several addresses and wraps the failures). */
function errorCodesOf(error: Error & { code?: unknown; errors?: unknown }): string[] {
	const own = typeof error.code === 'string' ? [error.code] : [];
	const several: unknown[] = Array.isArray(error.errors) ? error.errors : [];
	const inner = [error.cause, ...several];
	const codes = inner.flatMap((each) => (each instanceof Error ? errorCodesOf(each) : []));
	return [...new Set([...own, ...codes])];
}
