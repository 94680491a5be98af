import { NoAnswerError } from './errors';
import type { GraphClient } from './client';

/** A file to upload. */
export interface UploadFile {
	filename: string;
	mimeType: string;
	sizeBytes: number;
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
}

/** A large file on a slow line takes its time. */
const transferTimeoutMs = 10 * 60_000;

/**
 * Uploads a file as a stream; it is never held whole in memory.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media
 *
 * @param ttlMinutes how long Meta keeps it, 60 to 43,200; 30 days where it is not given
 * @returns the media ID
 * @throws GraphApiError or NoAnswerError
 */
export async function uploadMedia(
	graph: GraphClient,
	phoneNumberId: string,
	file: UploadFile,
	ttlMinutes?: number,
): Promise<string> {
	const { body, status } = await graph.call<{ id?: string }>({
		method: 'POST',
		path: `/${phoneNumberId}/media`,
		multipart: {
			fields: {
				messaging_product: 'whatsapp',
				type: file.mimeType,
				...(ttlMinutes === undefined ? {} : { ttl_minutes: String(ttlMinutes) }),
			},
			file,
		},
		timeoutMs: transferTimeoutMs,
	});
	if (typeof body.id === 'string' && body.id !== '') return body.id;
	throw new NoAnswerError('unreadable', 'Meta took the upload but gave no media ID', status);
}

/** What Meta says of a file. */
export interface MediaInfo {
	id: string;
	/** Works for five minutes and needs the token. */
	url: string;
	mimeType: string;
	/** Hexadecimal, lower case; null where Meta states none. */
	sha256: string | null;
	sizeBytes: number | null;
}

/**
 * Looks a file up.
 *
 * @param phoneNumberId when given, Meta refuses files of other numbers
 * @throws GraphApiError or NoAnswerError
 */
export async function getMedia(
	graph: GraphClient,
	mediaId: string,
	phoneNumberId?: string,
	signal?: AbortSignal,
): Promise<MediaInfo> {
	const { body, status } = await graph.call<{
		id?: string;
		url?: string;
		mime_type?: string;
		sha256?: string;
		file_size?: number | string;
	}>({
		method: 'GET',
		path: `/${encodeURIComponent(mediaId)}`,
		query: { phone_number_id: phoneNumberId },
		signal,
	});
	if (body.url === undefined) {
		throw new NoAnswerError(
			'unreadable',
			`Meta gave no address for the media ID ${mediaId}`,
			status,
		);
	}
	const sizeBytes = Number(body.file_size);
	return {
		id: body.id ?? mediaId,
		url: body.url,
		mimeType: body.mime_type ?? 'application/octet-stream',
		sha256: body.sha256?.toLowerCase() ?? null,
		sizeBytes: Number.isFinite(sizeBytes) ? sizeBytes : null,
	};
}

/** An open download. */
export interface Download {
	info: MediaInfo;
	content: AsyncIterable<Uint8Array>;
	/** From `Content-Disposition`; null where Meta names none. */
	filename: string | null;
}

/**
 * Opens a file for reading. An address that has expired in the meantime is fetched anew, once.
 *
 * @throws GraphApiError or NoAnswerError
 */
export async function downloadMedia(
	graph: GraphClient,
	mediaId: string,
	phoneNumberId?: string,
	signal?: AbortSignal,
): Promise<Download> {
	const limits = { timeoutMs: transferTimeoutMs, signal };
	const first = await getMedia(graph, mediaId, phoneNumberId, signal);
	const opened = await graph.download(first.url, limits);
	if (opened.ok) return { info: first, ...opened };
	const hasExpired = [401, 403, 404, 410].includes(opened.error.httpStatus ?? 0);
	if (!hasExpired) throw opened.error;
	const second = await getMedia(graph, mediaId, phoneNumberId, signal);
	const again = await graph.download(second.url, limits);
	if (again.ok) return { info: second, ...again };
	throw again.error;
}
