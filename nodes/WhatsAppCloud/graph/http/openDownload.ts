import { Readable } from 'node:stream';
import { filenameIn, measured, mediaUrl } from './boundedDownload';
import { NoAnswerError } from '../errors/errors';
import { describeFailure } from '../errors/failure';
import { defaultTimeoutMs } from '../graphRequest';
import { headerText } from './headers';
import { startRequest } from './http';

/** An open download. */
export interface DownloadedFile {
	content: Readable;
	/** From `Content-Disposition`, made safe; null if Meta gives none. */
	filename: string | null;
	/** Checksum and size of what has passed so far. */
	received(): { sha256: string; sizeBytes: number };
}

/** Limits of a download. */
export interface DownloadLimits {
	/** Time limit for the whole file to arrive. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
	/** Content beyond this ends in a FileTooLargeError. */
	maxBytes?: number;
	/** The size Meta states; content beyond it ends in a NoAnswerError. */
	statedBytes?: number | null;
}

/**
 * Opens a media address for reading.
 *
 * @param token sent to Meta's own hosts only
 */
export async function openDownload(
	address: string,
	graphBaseUrl: string,
	token: string,
	{ timeoutMs = defaultTimeoutMs, signal, maxBytes = Infinity, statedBytes }: DownloadLimits,
): Promise<{ ok: true; file: DownloadedFile } | { ok: false; error: NoAnswerError }> {
	const url = mediaUrl(address, graphBaseUrl);
	if (url instanceof NoAnswerError) return { ok: false, error: url };
	const { hostname } = url;
	const total = AbortSignal.timeout(timeoutMs);
	const started = startRequest(url, {
		headers: { authorization: `Bearer ${token}` },
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
		signal: signal ? AbortSignal.any([signal, total]) : total,
	});
	const explain = (error: unknown): NoAnswerError => {
		if (signal?.aborted) {
			return new NoAnswerError('cancelled', 'The execution was cancelled', { isRepeatable: true });
		}
		if (total.aborted && started.hasLeft()) {
			const problem = `The file did not arrive from ${hostname} within ${timeoutMs / 1000} s`;
			return new NoAnswerError('timeout', problem, { isRepeatable: true });
		}
		const hasLeft = started.hasLeft();
		return describeFailure(error, { host: hostname, timeoutMs, hasLeft, isRepeatable: true });
	};
	try {
		const { statusCode, headers, body } = await started.answer;
		if (statusCode === 200) {
			const filename = filenameIn(headerText(headers['content-disposition']));
			const passing = measured(body, explain, { maxBytes, statedBytes: statedBytes ?? Infinity });
			const content = Readable.from(passing.content, { objectMode: false });
			return { ok: true, file: { filename, content, received: () => passing.received() } };
		}
		await body.dump();
		const problem = `${hostname} answered with HTTP ${statusCode} instead of the file`;
		const context = { httpStatus: statusCode, isRepeatable: true };
		return { ok: false, error: new NoAnswerError('unreadable', problem, context) };
	} catch (error) {
		return { ok: false, error: explain(error) };
	}
}
