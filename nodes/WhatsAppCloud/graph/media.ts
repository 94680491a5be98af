import { FileTooLargeError } from './download';
import { NoAnswerError } from './errors';
import type { DownloadedFile, GraphClient } from './client';

/** A file to upload. */
interface UploadFile {
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
	throw new NoAnswerError('unreadable', 'Meta took the upload but gave no media ID', {
		httpStatus: status,
	});
}

/** What Meta says of a file. */
interface MediaInfo {
	id: string;
	/** Works for five minutes and needs the token. */
	url: string;
	mimeType: string;
	/** Hexadecimal, or base64 as in webhooks; null where Meta states none. */
	sha256: string | null;
	sizeBytes: number | null;
}

/**
 * Looks a file up.
 *
 * @throws GraphApiError or NoAnswerError
 */
export async function getMedia(
	graph: GraphClient,
	mediaId: string,
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
		signal,
	});
	if (body.url === undefined) {
		throw new NoAnswerError('unreadable', `Meta gave no address for the media ID ${mediaId}`, {
			httpStatus: status,
			isRead: true,
		});
	}
	const sizeBytes = Number(body.file_size);
	return {
		id: body.id ?? mediaId,
		url: body.url,
		mimeType: body.mime_type ?? 'application/octet-stream',
		sha256: body.sha256 ?? null,
		sizeBytes: Number.isFinite(sizeBytes) ? sizeBytes : null,
	};
}

/**
 * Opens a file for reading. An address that has expired in the meantime is fetched anew, once.
 *
 * @param maxBytes A larger file is not begun where Meta states its size; else its content ends in a
 * FileTooLargeError.
 * @throws GraphApiError, NoAnswerError or FileTooLargeError
 */
export async function downloadMedia(
	graph: GraphClient,
	mediaId: string,
	signal?: AbortSignal,
	maxBytes = Infinity,
): Promise<{ info: MediaInfo; file: DownloadedFile }> {
	const limits = { timeoutMs: transferTimeoutMs, signal, maxBytes };
	const first = await getMedia(graph, mediaId, signal);
	if (first.sizeBytes !== null && first.sizeBytes > maxBytes) throw new FileTooLargeError(maxBytes);
	const opened = await graph.download(first.url, limits);
	if (opened.ok) return { info: first, file: opened.file };
	const hasExpired = [401, 403, 404, 410].includes(opened.error.httpStatus ?? 0);
	if (!hasExpired) throw opened.error;
	const second = await getMedia(graph, mediaId, signal);
	const again = await graph.download(second.url, limits);
	if (again.ok) return { info: second, file: again.file };
	throw again.error;
}

/**
 * Compares what arrived with what Meta states.
 *
 * @returns what is wrong, to complete the sentence "The file …"; null when it came whole
 */
export function damage(info: MediaInfo, file: DownloadedFile): string | null {
	const { sha256, sizeBytes } = file.received();
	const stated = info.sha256 === null ? null : toHex(info.sha256);
	if (stated !== null && stated !== sha256) {
		return `does not match the SHA-256 that Meta states (${stated}, but ${sha256} arrived)`;
	}
	return info.sizeBytes !== null && info.sizeBytes !== sizeBytes
		? `has ${sizeBytes} bytes instead of the ${info.sizeBytes} that Meta states`
		: null;
}

function toHex(digest: string): string {
	return /^[0-9a-f]{64}$/i.test(digest)
		? digest.toLowerCase()
		: Buffer.from(digest, 'base64').toString('hex');
}
