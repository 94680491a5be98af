import { NoAnswerError } from './errors';

/** What is known about a request that got no answer. */
interface Circumstances {
	/** As the user knows it. */
	host: string;
	timeoutMs: number;
	/** Whether any part of the request may have left. */
	hasLeft: boolean;
	/** Whether it may be made again even if it succeeded. */
	isRepeatable: boolean;
}

/**
 * Why a request got no answer. One that never left is `unreachable`, whatever the cause: the
 * request itself shows that, not a list of error codes.
 */
export function describeFailure(error: unknown, circumstances: Circumstances): NoAnswerError {
	if (error instanceof NoAnswerError) return error;
	const { host, timeoutMs, hasLeft, isRepeatable } = circumstances;
	const codes = error instanceof Error ? errorCodesOf(error) : [];
	if (codes.includes('UND_ERR_REQ_CONTENT_LENGTH_MISMATCH')) {
		return new NoAnswerError('unsendable', 'The file has another size than n8n states');
	}
	const isTimeout = error instanceof Error && error.name === 'TimeoutError';
	if (!hasLeft) {
		const cause = causeOf(error, isTimeout ? ['UND_ERR_CONNECT_TIMEOUT'] : codes);
		return new NoAnswerError('unreachable', `${host} cannot be reached: ${cause}`, {
			isRepeatable,
		});
	}
	if (isTimeout || codes.some((code) => timeouts.has(code))) {
		const problem = `${host} gave no answer within ${timeoutMs / 1000} s`;
		return new NoAnswerError('timeout', problem, { isRepeatable });
	}
	const problem = `The connection to ${host} broke before the answer was complete`;
	return new NoAnswerError('lost', problem, { isRepeatable });
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const cutEarly = 'the connection was cut before the request had left';

/** The codes that users meet most often. */
const knownCauses: Record<string, string> = {
	ECONNREFUSED: 'it refused the connection',
	ENOTFOUND: 'its name is not known',
	EAI_AGAIN: 'names cannot be looked up at the moment',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no network',
	ECONNRESET: cutEarly,
	EPIPE: cutEarly,
	UND_ERR_SOCKET: cutEarly,
	UND_ERR_CONNECT_TIMEOUT: 'it did not take the connection in time',
	UND_ERR_PRX_CONN: 'the proxy cut the connection',
	UND_ERR_PRX_TLS: "the proxy's certificate was not accepted",
};

function causeOf(error: unknown, codes: readonly string[]): string {
	const known = codes.find((code) => code in knownCauses);
	if (known !== undefined) return knownCauses[known] ?? known;
	// undici's code for a proxy that answers CONNECT with anything but 200; the status is in the text.
	if (codes.includes('UND_ERR_ABORTED')) {
		const status = error instanceof Error ? /\((\d{3})\)/.exec(error.message)?.[1] : undefined;
		return `the proxy refused to open the way${status === undefined ? '' : `, with HTTP ${status}`}`;
	}
	const [code] = codes;
	if (code === undefined) return 'no connection came about';
	if (/CERT|SIGNATURE/.test(code)) return `its certificate was not accepted, ${code}`;
	if (/SSL|TLS|EPROTO/.test(code)) return `no encrypted connection could be agreed on, ${code}`;
	return `no connection came about, ${code}`;
}

/** The codes of an error and its causes (Node tries several addresses and wraps the failures). */
function errorCodesOf(error: Error & { code?: unknown; errors?: unknown }): string[] {
	const own = typeof error.code === 'string' ? [error.code] : [];
	const several: unknown[] = Array.isArray(error.errors) ? error.errors : [];
	const inner = [error.cause, ...several];
	const codes = inner.flatMap((each) => (each instanceof Error ? errorCodesOf(each) : []));
	return [...new Set([...own, ...codes])];
}
