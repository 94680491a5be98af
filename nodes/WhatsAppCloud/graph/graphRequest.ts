import type { TokenSlot } from './account';
import type { MultipartForm } from './http/multipart';

/** One call to the Graph API. */
export interface GraphRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** The ID of what the call is about, or a name such as `debug_token`. */
	node: string;
	/** What is asked for below the node: `messages`. */
	edge?: string;
	/** The label of the field that the ID came from, for an error about it. */
	idField?: string;
	query?: Record<string, string | number | boolean | undefined>;
	json?: unknown;
	/** A form with one file, sent as a stream. */
	multipart?: MultipartForm;
	/** Time until the whole answer has to be there. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
	/** Which of the credential's tokens to use; the active one where it is not given. */
	tokenSlot?: TokenSlot;
	/** A token that stands in no slot, for `debug_token` and app tokens. */
	token?: string;
}

/** How long a call may take where it says nothing else. */
export const defaultTimeoutMs = 30_000;

/**
 * What a call does at Meta, and with that what may become of it when it is made twice.
 * - `read`: nothing.
 * - `upload`: a file that nobody uses, which Meta deletes after 30 days.
 * - `change`: what it does is done twice, a message above all.
 */
export type CallKind = 'read' | 'upload' | 'change';

/** The kind of a request. */
export function kindOf({ method, multipart }: GraphRequest): CallKind {
	if (method === 'GET') return 'read';
	return multipart === undefined ? 'change' : 'upload';
}

/** Whether a call may be made again although the first one may have succeeded. */
export const isRepeatable = (kind: CallKind): boolean => kind !== 'change';
