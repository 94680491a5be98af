import type { Account } from '../../graph/account';
import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import type { Hold, NewDelivery, ReceivedEvent } from '../../store/inbox/inboxStore';
import type { TriggerOptions } from '../settings/triggerOptions';
import { encodeEvent } from '../deliveries/content';
import type { Signals } from '../deliveries/signals';
import { nextBatchId } from '../deliveries/batchIds';
import { addressOf, isKey } from './address';
import type { Naming } from './naming';
import type { Wishes } from './people/wishes';

/** Which of a webhook's events a trigger chose. */
export interface Chosen {
	listenerId: string;
	events: readonly WebhookEvent[];
	options: Pick<TriggerOptions, 'collect' | 'onePerContact'> & {
		shape: Pick<TriggerOptions['shape'], 'format'>;
	};
}

/**
 * Puts a webhook into the form in which the inbox keeps it: its events once, each with the triggers
 * that chose it. What one trigger chose of a webhook starts one execution, or one for each person if
 * the trigger collects messages or has one execution per contact.
 *
 * @param loops of this process, which get what is due at once
 * @param wishes of the senders, which stay with their messages
 * @param now in milliseconds since 1970
 */
export function arrivalOf(
	chosen: readonly Chosen[],
	account: Account,
	naming: Naming,
	{
		loops,
		wishes: { taken, consents },
		now,
	}: {
		loops: Pick<Signals, 'takerOf'>;
		wishes: Pick<Wishes, 'taken' | 'consents'>;
		now: number;
	},
): ReceivedEvent[] {
	const contacts = new Map<WebhookEvent, string | null>();
	const deliveries = new Map<WebhookEvent, NewDelivery[]>();
	for (const { listenerId, events, options } of chosen) {
		const batchIds = new Map<string, string>();
		const loop = loops.takerOf(listenerId);
		for (const event of events) {
			if (!contacts.has(event)) contacts.set(event, contactOf(event, naming));
			const contactKey = contacts.get(event) ?? null;
			const { group, ...wait } = waitOf(event, contactKey, options, now);
			const batchId = batchIds.get(group) ?? nextBatchId(now);
			batchIds.set(group, batchId);
			const delivery = { listenerId, batchId, ...wait, loop };
			deliveries.set(event, [...(deliveries.get(event) ?? []), delivery]);
		}
	}
	// Then all of a contact's events are in order, for other triggers as well.
	const isOnePerContact = chosen.some(({ options }) => options.onePerContact);
	const isPlaced = chosen.some(({ options }) => options.shape.format === 'builtIn');
	return Array.from(deliveries, ([event, ofEvent], index) => {
		const contactKey = contacts.get(event) ?? null;
		const orderKey = isOnePerContact ? orderOfContact(contactKey) : orderOf(event, contactKey);
		return {
			accountKey: naming.accountKey(event),
			eventKey: eventKey(event),
			content: encodeEvent(event, account, isPlaced, {
				handoff: taken.get(event),
				consent: consents.get(event),
			}),
			orderKey: orderKey ?? `event ${ofEvent[0]?.batchId ?? ''} ${index}`,
			contactKey,
			occurredAt: event.timestamp === null ? now : Math.min(Date.parse(event.timestamp), now),
			deliveries: ofEvent,
		};
	});
}

/** What starts an execution together, and when. */
function waitOf(
	event: WebhookEvent,
	contactKey: string | null,
	{ collect, onePerContact }: Chosen['options'],
	now: number,
): { group: string; dueAt: number; hold?: Hold } {
	const contact = contactKey ?? '';
	if (collect !== null && contactKey !== null && isCollected(event)) {
		const { quietMs, longestMs, mostMessages: mostEvents } = collect;
		const hold = { longestMs, mostEvents, isLast: event.replyId !== null };
		return { group: `collected ${contact}`, dueAt: now + quietMs, hold };
	}
	return { group: onePerContact ? contact : '', dueAt: 0 };
}

/** Whether an event is somebody's message. Statuses, notices and echoes do not wait. */
export function isCollected(event: WebhookEvent): event is MessageEvent<'message'> {
	return event.event === 'message' && event.direction === 'inbound';
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
	const isStatus = 'status' in event && event.id !== null;
	const key = isStatus ? `message ${event.id ?? ''}` : orderOfContact(contactKey);
	return isKey(key) ? key : null;
}

function orderOfContact(contactKey: string | null): string | null {
	const key = contactKey === null ? null : `contact ${contactKey}`;
	return isKey(key) ? key : null;
}
