import { markOf } from '../../../graph/account';
import type { StatusEvent } from '../../../events/statuses/statusEvent';
import type { WebhookEvent } from '../../../events/webhookEvent';
import type { Store } from '../../../store/store';
import { isKey, phoneOf } from '../address';
import type { Naming } from '../naming';
import { operationIdOf } from './operationId';

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
		const erasedAt = own.flatMap((mark) => erasures.get(mark) ?? []);
		if (erasedAt.length === 0) continue;
		const at = event.timestamp === null ? now : Date.parse(event.timestamp);
		if (at <= Math.max(...erasedAt)) found.add(event);
		else if (event.event === 'status') later.push(event);
	}
	const sent = await sentAmong(later, outbox, now);
	for (const event of later) if (!sent.has(event)) found.add(event);
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

/** Those whose messages the outbox has, so that they were sent after the erasure. */
async function sentAmong(
	statuses: readonly StatusEvent[],
	outbox: Store['outbox'],
	now: number,
): Promise<ReadonlySet<StatusEvent>> {
	if (statuses.length === 0) return new Set();
	const [ofMessages, ofOperations] = await Promise.all([
		outbox.findByMessageId(statuses.map(({ id }) => id).filter(isKey)),
		outbox.findByOperationId(
			statuses.map(operationIdOf).filter((id) => id !== null),
			now,
		),
	]);
	const messageIds = new Set(ofMessages.map((entry) => entry?.messageId ?? null));
	const operationIds = new Set(ofOperations.map((entry) => entry?.operationId ?? null));
	const isSent = (status: StatusEvent): boolean => {
		const operationId = operationIdOf(status);
		return (
			(status.id !== null && messageIds.has(status.id)) ||
			(operationId !== null && operationIds.has(operationId))
		);
	};
	return new Set(statuses.filter(isSent));
}
