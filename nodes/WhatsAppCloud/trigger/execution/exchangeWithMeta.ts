import type { IBinaryData } from 'n8n-workflow';
import type { GraphClient } from '../../graph/client';
import { reasonOf } from '../../values/unknown';
import { markAsRead } from './readReceipts';
import { fetchAttachments, type Attachment, type KeepFile, type StartTimeout } from './attachments';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { TriggerOptions } from '../settings/triggerOptions';

/** Files of messages, or why they could not be fetched. */
export type Files = Map<WebhookEvent, Attachment<IBinaryData>>;

/**
 * Sends read receipts and fetches files, both at once. Nothing that goes wrong here costs an event.
 *
 * @param open Creates the account's client; what it throws is returned as a problem.
 * @param startTimeout For fetching the files.
 * @returns the files, and one line per problem
 */
export async function exchangeWithMeta(
	open: () => GraphClient,
	events: readonly WebhookEvent[],
	options: Pick<TriggerOptions, 'markAsRead' | 'download'>,
	keepFile: KeepFile<IBinaryData>,
	startTimeout: StartTimeout,
): Promise<{ files: Files; problems: string[] }> {
	if (options.markAsRead === null && options.download === null) {
		return { files: new Map(), problems: [] };
	}
	try {
		const graph = open();
		const [unread, files] = await Promise.all([
			options.markAsRead === null ? [] : markAsRead(graph, events, options.markAsRead.showTyping),
			options.download === null
				? new Map<WebhookEvent, Attachment<IBinaryData>>()
				: fetchAttachments(graph, events, options.download, keepFile, startTimeout),
		]);
		const missing = [...files.values()].flatMap((file) => ('problem' in file ? file.problem : []));
		return {
			files,
			problems: [
				...unread.map((problem) => `could not mark as read, ${problem}`),
				...missing.map((problem) => `could not download a file: ${problem}`),
			],
		};
	} catch (error) {
		return { files: new Map(), problems: [reasonOf(error)] };
	}
}
