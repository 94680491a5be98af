import { readCallbackData } from '../../../graph/callbackData';
import { markOf } from '../../../graph/account';
import type { StatusEvent } from '../../../events/statuses/statusEvent';
import type { WebhookEvent } from '../../../events/webhookEvent';
import type { Store } from '../../../store/store';
import { isKey, phoneOf } from '../address';
import type { Naming } from '../naming';

/**
 * Events that must leave nothing that stays in the state, since Contact › Erase has deleted their
 * person: what Meta repeats, or brings late, of the time before, and statuses of messages that were
 * erased. They start their workflows all the same, unless they did so before.
 *
 * @throws StateProblem
 */
export async function eventsOfErased(
	events: readonly WebhookEvent[],
	{ people, outbox }: Pick<Store, 'people' | 'outbox'>,
	naming: Naming,
	now: number,
): Promise<ReadonlySet<WebhookEvent>> {
	const marks = new Map(events.map((event) => [event, marksOf(event, naming)]));
	const all = [...new Set([...marks.values()].flat())];
	const erasures = all.length === 0 ? new Map<string, number>() : await people.erasedAt(all);
	const found = new Set<WebhookEvent>();
	if (erasures.size === 0) return found;
	const later: StatusEvent[] = [];
	for (const [event, own] of marks) {
		const erasedAt = Math.max(...own.map((mark) => erasures.get(mark) ?? -Infinity));
		const at = event.timestamp === null ? now : Date.parse(event.timestamp);
		if (at <= erasedAt) found.add(event);
		else if (event.event === 'status' && erasedAt > -Infinity) later.push(event);
	}
	const isKnown = await areSent(later, outbox, now);
	later.forEach((event, index) => {
		if (isKnown[index] !== true) found.add(event);
	});
	return found;
}

function marksOf(event: WebhookEvent, naming: Naming): string[] {
	const { waId, userId } = event.contact;
	const named = [phoneOf(waId), userId].filter(isKey);
	const isPersonal = event.event === 'status' && event.groupId === null;
	const identifiers = named.length === 0 && isPersonal ? [event.recipient].filter(isKey) : named;
	const owner = naming.owner(event);
	return identifiers.map((each) => markOf(owner, naming.identifierKey(event, each)));
}

/** Whether the outbox has these messages, so that they were sent after the erasure. */
async function areSent(
	statuses: readonly StatusEvent[],
	outbox: Store['outbox'],
	now: number,
): Promise<boolean[]> {
	if (statuses.length === 0) return [];
	const ids = statuses.map(({ id }) => (isKey(id) ? id : 'none'));
	const operations = statuses.map(({ callbackData }) =>
		callbackData === null ? 'none' : readCallbackData(callbackData).operationId || 'none',
	);
	const [byId, byOperation] = await Promise.all([
		outbox.findByMessageId(ids),
		outbox.findByOperationId(operations, now),
	]);
	return statuses.map((_, index) => (byId[index] ?? byOperation[index] ?? null) !== null);
}
