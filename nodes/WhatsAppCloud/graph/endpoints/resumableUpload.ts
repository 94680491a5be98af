import { minuteMs } from '../../time/durations';
import type { Account } from '../account';
import type { GraphClient } from '../client';
import { NoAnswerError } from '../errors/errors';
import type { GraphRequest } from '../graphRequest';
import type { MultipartForm } from '../http/multipart';

/** Enough for a large file on a slow connection. */
const transferTimeoutMs = 10 * minuteMs;

/** How often an upload goes on after it was cut. */
const maxParts = 5;

/** What each call of an upload carries. */
type Scope = Pick<GraphRequest, 'signal' | 'permission'>;

/**
 * Uploads a file whose handle a profile picture or a template's example takes. If the connection
 * breaks, the upload goes on where Meta has got to.
 * https://developers.facebook.com/docs/graph-api/guides/upload
 *
 * @param file a PDF, JPEG, PNG or MP4
 * @returns the handle: `4::aW…`
 * @throws GraphApiError or NoAnswerError
 */
export async function uploadForHandle(
	graph: GraphClient,
	account: Account,
	file: MultipartForm['file'],
	scope: Scope = {},
): Promise<string> {
	const { body } = await graph.call<{ id?: string }>({
		method: 'POST',
		node: account.appId === '' ? await appOfToken(graph, scope) : account.appId,
		edge: 'uploads',
		query: { file_name: file.filename, file_length: file.sizeBytes, file_type: file.mimeType },
		// A session that nobody uses does no harm.
		isIdempotent: true,
		...scope,
	});
	const { id: session } = body;
	if (session === undefined) throw unexpected('Meta opened no upload session ("id" is missing)');
	let offset = 0;
	for (let part = 1; ; part++) {
		const sent = await graph.attempt<{ h?: string }>({
			method: 'POST',
			node: session,
			raw: { file, offset },
			timeoutMs: transferTimeoutMs,
			...scope,
		});
		if (sent.ok) {
			const { h: handle } = sent.response.body;
			if (handle !== undefined) return handle;
			throw unexpected('Meta took the upload but gave no handle ("h" is missing)');
		}
		const wasCut = sent.error instanceof NoAnswerError && sent.error.mayHaveBeenProcessed;
		if (!wasCut || part === maxParts || scope.signal?.aborted === true) throw sent.error;
		offset = await offsetOf(graph, session, scope);
	}
}

async function offsetOf(graph: GraphClient, session: string, scope: Scope): Promise<number> {
	const { body } = await graph.call<{ file_offset?: number }>({
		method: 'GET',
		node: session,
		...scope,
	});
	return body.file_offset ?? 0;
}

/** The credential may have no App ID; the token knows it. */
async function appOfToken(graph: GraphClient, scope: Scope): Promise<string> {
	const { body } = await graph.call<{ id?: string }>({ method: 'GET', node: 'app', ...scope });
	return body.id ?? '';
}

const unexpected = (problem: string): NoAnswerError =>
	new NoAnswerError('unexpected', problem, { isRepeatable: true });
