import { GraphApiError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';

/** An answer from Meta with an error code, as the client reads it. */
export function graphError(
	code: number,
	parts: { isTransient?: boolean; retryAfterMs?: number | null; httpStatus?: number } = {},
): GraphApiError {
	const { isTransient = false, retryAfterMs = null, httpStatus = 400 } = parts;
	return new GraphApiError(
		{
			code,
			subcode: null,
			type: 'OAuthException',
			message: `Error ${code}`,
			details: '',
			isTransient,
			fbtraceId: 'trace',
		},
		{ httpStatus, fbtraceId: null, retryAfterMs },
	);
}
