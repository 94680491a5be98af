import { markOf } from '../../../graph/identifiers';
import type { StatusEvent } from '../../../events/statuses/statusEvent';
import type { WebhookEvent } from '../../../events/webhookEvent';
import type { ReceivedWebhook } from '../../../store/inbox/inboxStore';
import type { Store } from '../../../store/store';
import { secondMs } from '../../../time/durations';
import { isKey, phoneOf } from '../address';
import type { Naming } from '../naming';
import { operationIdOf } from './operationId';

/** What Contact › Erase means for a webhook. */
export interface ErasedPeople {
	/** Events that must leave nothing that stays in the state. */
	events: ReadonlySet<WebhookEvent>;
	/**
	 * Statuses of messages that the outbox does not know: they were erased, or another system has sent
	 * them. Of these, only what the person wishes may stay.
	 */
	strange: ReadonlySet<WebhookEvent>;
	/** What this was read from, for whoever keeps the webhook to check again. */
	looked: NonNullable<ReceivedWebhook['looked']>;
}

/**
 * Finds what Meta repeats, or brings late, of the time before people were erased, and statuses of
 * messages that were erased. These events start their workflows all the same, unless they did so before.
 *
 * @param now when the webhook came, in milliseconds since 1970
 * @throws StateProblem
 */
export async function lookUpErased(
	events: readonly WebhookEvent[],
	{ people, outbox }: Pick<Store, 'people' | 'outbox'>,
	naming: Naming,
	now: number,
): Promise<ErasedPeople> {
	const marksByEvent = new Map(events.map((event) => [event, marksOf(event, naming)]));
	const marks = [...new Set([...marksByEvent.values()].flat())];
	const erasures = marks.length === 0 ? new Map<string, number>() : await people.erasedAt(marks);
	const before = new Set<WebhookEvent>();
	const later: StatusEvent[] = [];
	for (const [event, own] of marksByEvent) {
		const erasedAt = own.flatMap((mark) => erasures.get(mark) ?? []);
		if (erasedAt.length === 0) continue;
		if (isBefore(event, Math.max(...erasedAt), now)) before.add(event);
		else if (event.event === 'status') later.push(event);
	}
	const sent = await sentAmong(later, outbox, now);
	return {
		events: before,
		strange: new Set(later.filter((event) => !sent.has(event))),
		looked: { marks, erasures },
	};
}

/**
 * Whether an event is of the time before an erasure. Meta tells whole seconds, rounded down: what came
 * in the erasure's own second counts as later, unless it came here before.
 */
function isBefore({ timestamp }: WebhookEvent, erasedAt: number, now: number): boolean {
	const erasedIn = Math.floor(erasedAt / secondMs) * secondMs;
	return now <= erasedAt || (timestamp !== null && Date.parse(timestamp) < erasedIn);
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
