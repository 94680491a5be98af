import { minuteMs } from '../../time/durations';
import { FileTooLargeError } from '../http/boundedDownload';
import { NoAnswerError } from '../errors/errors';
import type { GraphRequest } from '../graphRequest';
import type { DownloadedFile } from '../http/openDownload';
import type { GraphClient, OpenedDownload } from '../client';

/** A file to upload. */
interface UploadFile {
	filename: string;
	mimeType: string;
	sizeBytes: number;
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
}

/** Enough for a large file on a slow connection. */
const transferTimeoutMs = 10 * minuteMs;

/** Largest file on Meta's servers; incoming files are never larger. */
const largestFileBytes = 100 * 1024 * 1024;

/**
 * Uploads a file as a stream, never holding it in memory as a whole. Each attempt reopens the file.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media
 *
 * @param ttlMinutes how long Meta keeps it, 60 to 43,200; 30 days by default
 * @returns the media ID
 * @throws GraphApiError or NoAnswerError
 */
export async function uploadMedia(
	graph: GraphClient,
	phoneNumberId: string,
	file: UploadFile,
	{
		ttlMinutes,
		signal,
	}: { ttlMinutes?: number | undefined; signal?: AbortSignal | undefined } = {},
): Promise<string> {
	const { body, status } = await graph.call<{ id?: string }>({
		method: 'POST',
		node: phoneNumberId,
		edge: 'media',
		idField: 'Sender',
		signal,
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
	throw new NoAnswerError('unexpected', 'Meta took the upload but gave no media ID', {
		httpStatus: status,
		isRepeatable: true,
	});
}

/** What Meta says about a file. */
interface MediaInfo {
	id: string;
	/** Works for five minutes and needs the token. */
	url: string;
	mimeType: string;
	/** Hexadecimal, or base64 as in webhooks; null if Meta states none. */
	sha256: string | null;
	sizeBytes: number | null;
}

/** What a file lookup takes besides the ID. */
type LookUp = Pick<GraphRequest, 'signal' | 'idField'>;

/**
 * Looks up a file.
 *
 * @throws GraphApiError or NoAnswerError
 */
export async function getMedia(
	graph: GraphClient,
	mediaId: string,
	lookUp: LookUp,
): Promise<MediaInfo> {
	const { body, status } = await graph.call<{
		id?: string;
		url?: string;
		mime_type?: string;
		sha256?: string;
		file_size?: number | string;
	}>({
		method: 'GET',
		node: mediaId,
		...lookUp,
	});
	if (typeof body.url !== 'string') {
		throw new NoAnswerError('unexpected', `Meta gave no address for the media ID ${mediaId}`, {
			httpStatus: status,
			isRepeatable: true,
		});
	}
	// A missing size does not mean zero.
	const sizeBytes = Number(body.file_size ?? NaN);
	return {
		id: body.id ?? mediaId,
		url: body.url,
		mimeType: body.mime_type ?? 'application/octet-stream',
		sha256: body.sha256 ?? null,
		sizeBytes: Number.isFinite(sizeBytes) ? sizeBytes : null,
	};
}

/** Limits of a download. */
interface DownloadScope extends LookUp {
	/** The user's limit; the size Meta states is a limit too. */
	maxBytes?: number | undefined;
	/** Time from the first byte to the last. */
	timeoutMs?: number | undefined;
}

/**
 * Opens a file for reading. If the address has expired meanwhile, fetches a new one once.
 * The content is never longer than Meta states or `maxBytes` allows; without either, the limit is
 * 100 MB.
 *
 * @throws GraphApiError, NoAnswerError or FileTooLargeError, also while reading the content
 */
export async function downloadMedia(
	graph: GraphClient,
	mediaId: string,
	{ maxBytes, timeoutMs = transferTimeoutMs, ...lookUp }: DownloadScope,
): Promise<{ info: MediaInfo; file: DownloadedFile }> {
	const open = async (info: MediaInfo): Promise<OpenedDownload> => {
		const statedBytes = info.sizeBytes;
		const limitBytes = maxBytes ?? (statedBytes === null ? largestFileBytes : Infinity);
		if (statedBytes !== null && statedBytes > limitBytes) throw new FileTooLargeError(limitBytes);
		const { signal } = lookUp;
		return await graph.download(info.url, { timeoutMs, signal, maxBytes: limitBytes, statedBytes });
	};
	const first = await getMedia(graph, mediaId, lookUp);
	const opened = await open(first);
	if (opened.ok) return { info: first, file: opened.file };
	const hasExpired = [401, 403, 404, 410].includes(opened.error.httpStatus ?? 0);
	if (!hasExpired) throw opened.error;
	const second = await getMedia(graph, mediaId, lookUp);
	const again = await open(second);
	if (again.ok) return { info: second, file: again.file };
	throw again.error;
}

/**
 * Compares what arrived with what Meta stated.
 *
 * @returns what is wrong, completing the sentence "The file …"; null if it arrived intact
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
