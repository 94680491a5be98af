import { GraphApiError } from '../../../nodes/WhatsAppCloud/graph/errors';

/** An answer of Meta with an error code, as the client reads it. */
export function graphError(
	code: number,
	parts: { isTransient?: boolean; retryAfterMs?: number | null } = {},
): GraphApiError {
	const { isTransient = false, retryAfterMs = null } = parts;
	return new GraphApiError(
		{ code, message: `Error ${code}`, details: '', isTransient, fbtraceId: 'trace' },
		{ httpStatus: 400, fbtraceId: null, retryAfterMs },
	);
}
