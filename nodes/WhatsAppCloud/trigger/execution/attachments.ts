import { forAllConcurrently } from '../../concurrency/pool';
import type { GraphClient } from '../../graph/client';
import { FileTooLargeError } from '../../graph/http/boundedDownload';
import { damage, downloadMedia } from '../../graph/endpoints/media';
import type { DownloadedFile } from '../../graph/http/openDownload';
import { endingOf } from '../../values/files/fileEnding';
import { safeFilename } from '../../values/files/filename';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import type { MessageMedia } from '../../events/messages/messageParts';
import { DOWNLOAD_MS } from '../timeouts';

const CONCURRENCY = 4;
const BYTES_PER_MEGABYTE = 1024 * 1024;

interface AttachmentLimits {
	maxMegabytes: number;
}

/** Stores a file where the host stores files; `content` is a stream and is read once. */
export type KeepFile<Kept> = (
	content: DownloadedFile['content'],
	filename: string,
	mimeType: string,
) => Promise<Kept>;

/** Returns a signal that aborts after the given number of milliseconds. */
export type StartTimeout = (timeoutMs: number) => AbortSignal;

/** The file of a message, or why it could not be fetched. */
export type Attachment<Kept> = { file: Kept } | { problem: string };

/**
 * Fetches messages' files as streams. Never throws: a missing file must not cost the message it
 * came with.
 */
export async function fetchAttachments<Kept>(
	graph: GraphClient,
	events: readonly WebhookEvent[],
	limits: AttachmentLimits,
	keep: KeepFile<Kept>,
	startTimeout: StartTimeout,
): Promise<Map<WebhookEvent, Attachment<Kept>>> {
	const messages = events.filter(hasFile);
	const signal = startTimeout(DOWNLOAD_MS);
	const attachments = new Map<WebhookEvent, Attachment<Kept>>();
	await forAllConcurrently(messages, CONCURRENCY, async (message) => {
		const attachment = await fetchOne(graph, message, limits, keep, signal).catch(
			(error: unknown): Attachment<Kept> => ({
				problem: tellProblem(error, limits, signal.aborted),
			}),
		);
		attachments.set(message, attachment);
	});
	return attachments;
}

type MessageWithFile = MessageEvent & { media: MessageMedia & { id: string } };

function hasFile(event: WebhookEvent): event is MessageWithFile {
	return 'media' in event && typeof event.media?.id === 'string';
}

async function fetchOne<Kept>(
	graph: GraphClient,
	{ media, id }: MessageWithFile,
	{ maxMegabytes }: AttachmentLimits,
	keep: KeepFile<Kept>,
	signal: AbortSignal,
): Promise<Attachment<Kept>> {
	const maxBytes = maxMegabytes * BYTES_PER_MEGABYTE;
	const { info, file } = await downloadMedia(graph, media.id, { signal, maxBytes });
	const named = media.filename === null ? null : safeFilename(media.filename);
	const filename = named ?? file.filename ?? filenameOf(media, id);
	const kept = await keep(file.content, filename, media.mimeType ?? info.mimeType);
	const flaw = damage(info, file);
	return flaw === null ? { file: kept } : { problem: `The file ${flaw}` };
}

function tellProblem(error: unknown, { maxMegabytes }: AttachmentLimits, isLate: boolean): string {
	if (error instanceof FileTooLargeError) {
		return `The file has more than ${maxMegabytes} MB, the limit of this trigger`;
	}
	if (isLate) return `The file did not arrive within ${DOWNLOAD_MS / 1000} s`;
	return error instanceof Error ? error.message : 'The file could not be fetched';
}

/** `image-….jpg`: photos come without a name. */
function filenameOf({ type, mimeType, id }: MessageMedia, messageId: string | null): string {
	const ending = endingOf(mimeType ?? '') ?? 'bin';
	return `${type}-${id ?? messageId ?? 'unknown'}.${ending}`;
}
