import { isObject, objectOf } from '../values/unknown';
import { lookUpAdvice, lookUpErrorCode } from './catalogue';
import type { ErrorClass, Retry } from './errorClass';

/** Meta answered with its error envelope. */
export class GraphApiError extends Error {
	override name = 'GraphApiError';
	readonly code: number;
	readonly title: string;
	readonly errorClass: ErrorClass;
	readonly retry: Retry;
	readonly advice: string;
	/** Meta's own explanation, `error_data.details`; empty where there is none. */
	readonly details: string;
	readonly httpStatus: number;
	readonly fbtraceId: string | null;
	/** From the `Retry-After` header; null where Meta sent none. */
	readonly retryAfterMs: number | null;

	constructor(
		envelope: GraphErrorEnvelope,
		answer: {
			httpStatus: number;
			fbtraceId: string | null;
			retryAfterMs: number | null;
			/** Of the request, below the version. */
			path?: string;
		},
	) {
		const entry = lookUpErrorCode(envelope.code);
		super(envelope.message === '' ? entry.title : envelope.message);
		this.code = envelope.code;
		this.title = entry.title;
		this.errorClass = entry.class;
		// `is_transient` is Meta's word that the same request may succeed, whatever the code.
		this.retry = entry.retry === 'never' && envelope.isTransient ? 'afterUnknown' : entry.retry;
		this.advice = lookUpAdvice(envelope.message, answer.path ?? '') ?? entry.advice;
		this.details = envelope.details;
		this.httpStatus = answer.httpStatus;
		this.fbtraceId = envelope.fbtraceId ?? answer.fbtraceId;
		this.retryAfterMs = answer.retryAfterMs;
	}
}

/** What the client reads from Meta's `error` object. */
interface GraphErrorEnvelope {
	code: number;
	message: string;
	details: string;
	isTransient: boolean;
	fbtraceId: string | null;
}

/**
 * Why no usable answer came.
 * - `unreachable`: no connection, the request never left.
 * - `lost`: the connection broke after the request had begun to leave.
 * - `timeout`: the request left, no answer within the time.
 * - `cancelled`: the execution was cancelled while the request was under way.
 * - `unreadable`: something answered, but not Meta's JSON (a proxy's page, a cut answer).
 */
type NoAnswerReason = 'unreachable' | 'lost' | 'timeout' | 'cancelled' | 'unreadable';

/** The request got no answer that says what became of it. */
export class NoAnswerError extends Error {
	override name = 'NoAnswerError';
	readonly reason: NoAnswerReason;
	readonly httpStatus: number | null;
	/** True where Meta may have acted on the request all the same. */
	readonly mayHaveBeenProcessed: boolean;

	/** @param isRead the request only read, so that it cannot have changed anything */
	constructor(
		reason: NoAnswerReason,
		message: string,
		{ httpStatus = null, isRead = false }: { httpStatus?: number | null; isRead?: boolean } = {},
	) {
		super(message);
		this.reason = reason;
		this.httpStatus = httpStatus;
		const refusedOutright = httpStatus !== null && httpStatus >= 400 && httpStatus < 500;
		this.mayHaveBeenProcessed = !isRead && reason !== 'unreachable' && !refusedOutright;
	}
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads Meta's `{error: {…}}`; null when the body holds none. */
export function readErrorEnvelope(body: unknown): GraphErrorEnvelope | null {
	if (!isObject(body) || !isObject(body['error'])) return null;
	const error = body['error'];
	const data = objectOf(error['error_data']);
	return {
		code: Number.isInteger(Number(error['code'])) ? Number(error['code']) : -1,
		message: asText(error['message']),
		details: asText(data['details']) || asText(error['error_user_msg']),
		isTransient: error['is_transient'] === true,
		fbtraceId: asText(error['fbtrace_id']) || null,
	};
}
