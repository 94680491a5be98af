import { isObject, objectOf } from '../../values/unknown';
import { textOf } from './advice/adviceText';
import { lookUpErrorCode } from './catalogue';
import type { ErrorClass, Retry } from './errorClass';
import { adviceOnRequest, type RequestContext } from './requestAdvice';

/** Longest texts that an error keeps of an answer; Meta's own are far shorter. */
const maxTextLength = 1_000;
const maxTraceLength = 100;

const cut = (text: string, maxLength = maxTextLength): string =>
	text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;

/** Meta answered with its error envelope. Texts longer than any of Meta's are cut. */
export class GraphApiError extends Error {
	override name = 'GraphApiError';
	readonly code: number;
	/** Meta's `error_subcode` if the catalogue knows it as a code; otherwise null. */
	readonly subcode: number | null;
	/** Meta's `error_subcode` if it is none, such as 33 for an unknown object; otherwise null. */
	readonly smallSubcode: number | null;
	/** `OAuthException`, `GraphMethodException` … */
	readonly type: string;
	readonly title: string;
	readonly errorClass: ErrorClass;
	readonly retry: Retry;
	/** What happened, a sentence for the user without its full stop. */
	readonly problem: string;
	/** What to do next, in one or two sentences. */
	readonly next: string;
	/** Both in one text. */
	readonly advice: string;
	/** Meta's own explanation, `error_data.details`; empty if there is none. */
	readonly details: string;
	readonly httpStatus: number;
	readonly fbtraceId: string | null;
	/** From the `Retry-After` header; null if Meta sent none. */
	readonly retryAfterMs: number | null;
	/** Meta's whole answer, for what it says besides: whom it did block. It may hold secrets. */
	readonly answer: unknown;

	private readonly received: [GraphErrorEnvelope, GraphAnswer];

	constructor(envelope: GraphErrorEnvelope, answer: GraphAnswer) {
		const entry = lookUpErrorCode(envelope.code, envelope.subcode);
		super(envelope.message === '' ? entry.title : cut(envelope.message));
		this.code = envelope.code;
		this.subcode = entry.code === envelope.code ? null : entry.code;
		this.smallSubcode = this.subcode === null ? envelope.subcode : null;
		this.type = cut(envelope.type);
		this.title = entry.title;
		this.errorClass = entry.class;
		// With `is_transient` Meta says that the same request may succeed, whatever the code.
		this.retry = entry.retry === 'never' && envelope.isTransient ? 'afterUnknown' : entry.retry;
		const { request } = answer;
		const own = request && adviceOnRequest(envelope, entry.class, request);
		const [problem, next] = own ?? [entry.problem, entry.next];
		this.problem = problem;
		this.next = answer.more === undefined ? next : `${next} ${answer.more}`;
		this.advice = textOf([this.problem, this.next]);
		this.details = cut(envelope.details);
		this.httpStatus = answer.httpStatus;
		const trace = envelope.fbtraceId ?? answer.fbtraceId;
		this.fbtraceId = trace === null ? null : cut(trace, maxTraceLength);
		this.retryAfterMs = answer.retryAfterMs;
		this.received = [envelope, answer];
		this.answer = answer.body;
	}

	/** The same error that says more about what to do, in whole sentences. */
	withMore(more: string): GraphApiError {
		const [envelope, answer] = this.received;
		return new GraphApiError(envelope, { ...answer, more });
	}
}

/** How the envelope came. */
interface GraphAnswer {
	httpStatus: number;
	fbtraceId: string | null;
	retryAfterMs: number | null;
	request?: RequestContext;
	/** The whole answer. */
	body?: unknown;
	/** What to say besides the advice of the catalogue. */
	more?: string;
}

/** What the client reads from Meta's `error` object. */
interface GraphErrorEnvelope {
	code: number;
	/** `error_subcode`; null if there is none. */
	subcode: number | null;
	/** `OAuthException`, `GraphMethodException` …; empty if Meta sends none. */
	type: string;
	message: string;
	details: string;
	isTransient: boolean;
	fbtraceId: string | null;
}

/**
 * Why no usable answer came.
 * - `unsendable`: the request could not be made: a malformed ID, an unreadable file.
 * - `unreachable`: no connection; the request never left.
 * - `lost`: the connection broke after part of the request had left.
 * - `timeout`: the request left, but no answer came in time.
 * - `cancelled`: the execution was cancelled while the request was under way.
 * - `unreadable`: something answered, but not Meta's JSON (a proxy's page, a cut answer).
 * - `unexpected`: Meta's JSON, but without what was asked for.
 * - `declined`: `{"success": false}`, without a reason.
 */
type NoAnswerReason =
	| 'unsendable'
	| 'unreachable'
	| 'lost'
	| 'timeout'
	| 'cancelled'
	| 'unreadable'
	| 'unexpected'
	| 'declined';

const surelyNotDone: ReadonlySet<NoAnswerReason> = new Set([
	'unsendable',
	'unreachable',
	'declined',
]);

/** The request got no answer that says what became of it. */
export class NoAnswerError extends Error {
	override name = 'NoAnswerError';
	readonly reason: NoAnswerReason;
	readonly httpStatus: number | null;
	/** True if Meta may have acted on the request anyway. */
	readonly mayHaveBeenProcessed: boolean;

	/** @param isRepeatable whatever Meta did, it did no harm and the request may be repeated */
	constructor(
		reason: NoAnswerReason,
		message: string,
		{
			httpStatus = null,
			isRepeatable = false,
		}: { httpStatus?: number | null; isRepeatable?: boolean } = {},
	) {
		super(message);
		this.reason = reason;
		this.httpStatus = httpStatus;
		const refusedOutright = httpStatus !== null && httpStatus >= 400 && httpStatus < 500;
		this.mayHaveBeenProcessed = !isRepeatable && !surelyNotDone.has(reason) && !refusedOutright;
	}
}

/** Why a call failed. */
export type GraphFailure = GraphApiError | NoAnswerError;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const asInteger = (value: unknown): number | null => {
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && value !== '');
	return isNumeric && Number.isSafeInteger(Number(value)) ? Number(value) : null;
};

/** Reads Meta's `{error: {…}}`; null when the body holds none. */
export function readErrorEnvelope(body: unknown): GraphErrorEnvelope | null {
	if (!isObject(body) || !isObject(body['error'])) return null;
	const error = body['error'];
	const data = objectOf(error['error_data']);
	const forUser = [asText(error['error_user_title']), asText(error['error_user_msg'])];
	return {
		code: asInteger(error['code']) ?? -1,
		subcode: asInteger(error['error_subcode']),
		type: asText(error['type']),
		message: asText(error['message']),
		details: asText(data['details']) || forUser.filter(Boolean).join(': '),
		isTransient: error['is_transient'] === true,
		fbtraceId: asText(error['fbtrace_id']) || null,
	};
}
