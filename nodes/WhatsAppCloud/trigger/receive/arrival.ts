import type { Account } from '../../graph/account';
import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { NewDelivery, ReceivedEvent } from '../../store/inbox/inboxStore';
import { encodeEvent } from '../deliveries/content';
import { nextBatchId } from '../deliveries/batchIds';
import { addressOf, isKey } from './updates';
import type { Naming } from './naming';

/** Which of a webhook's events a trigger chose. */
export interface Chosen {
	listenerId: string;
	events: readonly WebhookEvent[];
}

/**
 * Puts a webhook into the form in which the inbox keeps it: its events once, each with the triggers
 * that chose it. What one trigger chose of a webhook starts one execution.
 *
 * @param now in milliseconds since 1970
 */
export function arrivalOf(
	chosen: readonly Chosen[],
	account: Account,
	naming: Naming,
	now: number,
): ReceivedEvent[] {
	const deliveries = new Map<WebhookEvent, NewDelivery[]>();
	for (const { listenerId, events } of chosen) {
		const batchId = nextBatchId(now);
		for (const event of events) {
			const delivery = { listenerId, batchId, dueAt: 0 };
			deliveries.set(event, [...(deliveries.get(event) ?? []), delivery]);
		}
	}
	return Array.from(deliveries, ([event, ofEvent], index) => {
		const contactKey = contactOf(event, naming);
		return {
			accountKey: naming.accountKey(event),
			eventKey: eventKey(event),
			content: encodeEvent(event, account),
			orderKey: orderOf(event, contactKey) ?? `event ${ofEvent[0]?.batchId ?? ''} ${index}`,
			contactKey,
			occurredAt: event.timestamp === null ? now : Math.min(Date.parse(event.timestamp), now),
			deliveries: ofEvent,
		};
	});
}

/**
 * The person in a conversation with one of the numbers, or the group. Meta sends a person's user ID
 * in all webhooks, and their phone number only in some.
 */
function contactOf(event: WebhookEvent, naming: Naming): string | null {
	const groupId = 'groupId' in event ? event.groupId : null;
	const person = event.contact.userId ?? addressOf(event.contact);
	const address = typeof groupId === 'string' ? groupId : person;
	if (!isKey(address)) return null;
	const key = `${event.phoneNumberId ?? ''} ${naming.identifierKey(event, address)}`;
	return isKey(key) ? key : null;
}

/** Within what Meta's order of time counts: a sent message's statuses, a person's messages. */
function orderOf(event: WebhookEvent, contactKey: string | null): string | null {
	const key =
		'status' in event && event.id !== null
			? `message ${event.id}`
			: contactKey === null
				? null
				: `contact ${contactKey}`;
	return isKey(key) ? key : null;
}
