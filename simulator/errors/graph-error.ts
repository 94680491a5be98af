import type { JsonObject } from '../json.ts';
import { newTraceId } from '../state/ids.ts';
import { knownError } from './catalog.ts';

interface GraphErrorParts {
	/** Instead of the code's title. */
	message?: string | undefined;
	/** `error_data.details`: what is wrong, for people. */
	details?: string | undefined;
	/** Instead of the code's documented status. */
	httpStatus?: number | undefined;
	type?: string | undefined;
	isTransient?: boolean | undefined;
	/** In seconds, for the header `Retry-After`. */
	retryAfterSeconds?: number | undefined;
	/** The message has no `(#code)` in front. */
	plainMessage?: boolean | undefined;
	/** More members of the error object. */
	extra?: JsonObject | undefined;
}

/**
 * An answer in Meta's error envelope.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export class GraphError extends Error {
	readonly code: number;
	readonly httpStatus: number;
	readonly retryAfterSeconds: number | undefined;
	readonly #parts: GraphErrorParts;

	constructor(code: number, parts: GraphErrorParts = {}) {
		const known = knownError(code);
		super(parts.message ?? known.title);
		this.code = code;
		this.httpStatus = parts.httpStatus ?? known.httpStatus;
		this.retryAfterSeconds = parts.retryAfterSeconds;
		this.#parts = parts;
	}

	/** Body of the answer. */
	envelope(traceId = newTraceId()): JsonObject {
		const { details, type, isTransient, plainMessage, extra } = this.#parts;
		return {
			error: {
				message: plainMessage === true ? this.message : `(#${this.code}) ${this.message}`,
				type: type ?? 'OAuthException',
				code: this.code,
				...(isTransient === true ? { is_transient: true } : {}),
				...(details === undefined
					? {}
					: { error_data: { messaging_product: 'whatsapp', details } }),
				...extra,
				fbtrace_id: traceId,
			},
		};
	}
}

/** A parameter of the wrong shape or size: 100, with the reason as details. */
export function invalidParameter(details: string): GraphError {
	return new GraphError(100, { message: details, details });
}

/**
 * What is wrong with a template: 100, with the reason as a subcode and as text for people.
 * `blame` is the parameter at fault.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/
 */
export function templateError(subcode: number, words?: string, blame?: string): GraphError {
	return new GraphError(100, {
		message: 'Invalid parameter',
		plainMessage: true,
		extra: {
			...(blame === undefined ? {} : { error_data: { blame_field_specs: [[blame]] } }),
			is_transient: false,
			...subcodeMembers(subcode, words),
		},
	});
}

/** A subcode as it stands in the envelope, with its reason for people. */
export function subcodeMembers(subcode: number, words?: string, title?: string): JsonObject {
	const known = knownError(subcode);
	return {
		error_subcode: subcode,
		error_user_title: title ?? known.title,
		error_user_msg: words ?? known.title,
	};
}

/** Meta's answer for an object that does not exist or that the token has no access to. */
export function unknownObject(method: string, id: string): GraphError {
	return new GraphError(100, {
		type: 'GraphMethodException',
		plainMessage: true,
		extra: { error_subcode: 33 },
		message:
			`Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, ` +
			'cannot be loaded due to missing permissions, or does not support this operation. ' +
			'Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api',
	});
}

/** Meta's answer for a field or an edge that objects of this type do not have. */
export function nonexistingField(name: string, nodeType: string): GraphError {
	return new GraphError(100, {
		message: `Tried accessing nonexisting field (${name}) on node type (${nodeType})`,
	});
}

/** The error object of a `failed` status or of a message that WhatsApp could not read. */
export function webhookError(code: number, details?: string): JsonObject {
	const { title } = knownError(code);
	return {
		code,
		title,
		message: title,
		error_data: { details: details ?? title },
		href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
	};
}
