import type { TokenSlot } from './account';
import type { MultipartForm } from './http/multipart';
import type { RawBody } from './http/rawBody';
import type { Permission } from './permissions';

/** One call to the Graph API. */
export interface GraphRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** The ID of the call's object, or a name such as `debug_token`. */
	node: string;
	/** The edge below the node: `messages`. */
	edge?: string;
	/** One entry of the edge: the code in `message_qrdls/{code}`. */
	entry?: string;
	/** Meta's newer calls are on `api.facebook.com`, whose paths have no version. */
	host?: 'graph' | 'api';
	/** A whole path that the user wrote, in the place of node, edge and entry: `123/feed`. */
	path?: string;
	/** Label of the field that holds the ID, for errors about it. */
	idField?: string;
	query?: Record<string, string | number | boolean | undefined>;
	json?: unknown;
	/** A form with one file, sent as a stream. */
	multipart?: MultipartForm;
	/** A file as the whole body, for an upload session. */
	raw?: RawBody;
	/** Whether the same call again changes nothing more, such as setting a value. */
	isIdempotent?: boolean;
	/** The permission it needs, for the error if the token lacks it. */
	permission?: Permission | undefined;
	/** Time limit for receiving the whole answer. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
	/** Which of the credential's tokens to use; by default, the active one. */
	tokenSlot?: TokenSlot;
	/** A token from outside the slots, for `debug_token` and app tokens. */
	token?: string;
}

/** How long a call may take by default. */
export const defaultTimeoutMs = 30_000;

/**
 * What kind of call it is, and so what happens if it is made twice.
 * - `read`: nothing.
 * - `upload`: an unused file is left over, which Meta deletes after 30 days.
 * - `setting`: nothing, because the value is set already.
 * - `change`: its effect happens twice; above all, a message is sent twice.
 */
export type CallKind = 'read' | 'upload' | 'setting' | 'change';

/** The kind of a request. */
export function kindOf({ method, multipart, isIdempotent }: GraphRequest): CallKind {
	if (method === 'GET') return 'read';
	if (multipart !== undefined && isIdempotent === undefined) return 'upload';
	return isIdempotent === true ? 'setting' : 'change';
}

/** Whether a call may be repeated even though the first one may have succeeded. */
export const isRepeatable = (kind: CallKind): boolean => kind !== 'change';
