import { onRows, type Database } from '../engine/database';
import { encodeKey } from '../engine/encode';
import { inLots, type Gatherer } from '../engine/gather';
import { recordAll } from './recordStatuses';
import type { StatusEntry, StatusStore } from './statusStore';
import { encodeStatus, readTimeline, timelineStatement, type EncodedStatus } from './statusRow';

export function createStatusStore(database: Database, { gather }: Gatherer): StatusStore {
	const recordLot = gather((entries: readonly EncodedStatus[]) =>
		database.run('transaction', () => recordAll(entries)),
	);
	return {
		record: async (entries: readonly StatusEntry[], now) =>
			await recordLot(entries.map((entry) => encodeStatus(entry, now))),

		async timelines(messageIds) {
			const rows = await inLots(messageIds, (lot) => {
				const keys = lot.map((each) => ({ message_id: encodeKey(each, 'messageId') }));
				return database.run('read', () => onRows(timelineStatement, keys));
			});
			const found = new Map(rows.map(readTimeline).map((each) => [each.messageId, each]));
			return messageIds.map((messageId) => found.get(messageId) ?? null);
		},
	};
}
