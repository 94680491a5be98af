import { onRows, type Database } from '../engine/database';
import { encodeKey } from '../engine/encode';
import { inBatches, type Batcher } from '../engine/batch';
import { recordAll } from './recordStatuses';
import type { StatusEntry, StatusStore } from './statusStore';
import { encodeStatus, readTimeline, timelineStatement, type EncodedStatus } from './statusRow';

export function createStatusStore(database: Database, { batched }: Batcher): StatusStore {
	const recordBatched = batched((entries: readonly EncodedStatus[]) =>
		database.run('transaction', () => recordAll(entries)),
	);
	return {
		record: async (entries: readonly StatusEntry[], now) =>
			await recordBatched(entries.map((entry) => encodeStatus(entry, now))),

		async timelines(messageIds) {
			const rows = await inBatches(messageIds, (batch) => {
				const keys = batch.map((each) => ({ message_id: encodeKey(each, 'messageId') }));
				return database.run('read', () => onRows(timelineStatement, keys));
			});
			const found = new Map(rows.map(readTimeline).map((each) => [each.messageId, each]));
			return messageIds.map((messageId) => found.get(messageId) ?? null);
		},
	};
}
