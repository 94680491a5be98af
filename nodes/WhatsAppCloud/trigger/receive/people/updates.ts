import type {
	ContactLink,
	ContactMove,
	ContactUpdate,
	FactUpdate,
} from '../../../store/contacts/contactStore';
import type { StatusEntry } from '../../../store/statuses/statusStore';
import type { WebhookEvent } from '../../../events/webhookEvent';
import type { NoticeEvent } from '../../../events/notices/noticeEvent';
import type { StatusEvent } from '../../../events/statuses/statusEvent';
import type { MessageEvent } from '../../../events/messages/messageEvent';
import { addressOf, isKey, phoneOf } from '../address';
import { handoffsOf, type HandoffSettings } from './handoffs';
import { isSystemNotice, movesOf } from './moves';
import type { Naming } from '../naming';
import { operationIdOf } from './operationId';
import { readString } from '../../../events/reading/lenientJson';

/** What the store keeps from a webhook, whichever events were chosen. */
interface Updates {
	statuses: StatusEntry[];
	contacts: ContactUpdate[];
	links: ContactLink[];
	moves: ContactMove[];
}

/** Message types that are not new messages from the person, so they open no window. */
const NO_MESSAGE: ReadonlySet<string> = new Set(['system', 'edit', 'revoke']);

/**
 * Extracts what is worth remembering from the events: statuses by message, each person's last
 * message, where they came from, what they want, and which number belongs to which user ID. Leaves
 * out what cannot be a key (no ID, or one longer than Meta ever sends).
 *
 * @param now The current time, in milliseconds since 1970; used if Meta sends no time or a later
 *   one.
 * @param strange statuses of which only what the person wishes is remembered
 */
export function updatesOf(
	events: readonly WebhookEvent[],
	naming: Naming,
	now: number,
	handoffs: HandoffSettings,
	strange: ReadonlySet<WebhookEvent> = new Set(),
): Updates {
	const facts: Updates = { statuses: [], contacts: [], links: [], moves: [] };
	for (const event of events) {
		if (event.event === 'status') addStatus(facts, event, naming, now, strange.has(event));
		else addContact(facts, event, naming, now, handoffs);
	}
	return facts;
}

/** Meta's code for a message that only goes within the window. */
const WINDOW_CLOSED = 131_047;

/** Meta's code for a person who has stopped marketing messages in WhatsApp. */
const OPTED_OUT = 131_050;

function addStatus(
	facts: Updates,
	event: StatusEvent,
	naming: Naming,
	now: number,
	isStrange: boolean,
): void {
	if (!isKey(event.id)) return;
	const { pricing } = event;
	const recipient = event.groupId ?? addressOf(event.contact) ?? event.recipient;
	const error = event.errors[0];
	if (event.groupId === null && isKey(recipient)) {
		const about = {
			accountKey: naming.accountKey(event),
			contactKey: naming.identifierKey(event, recipient),
			at: event.timestamp === null ? now : Math.min(Date.parse(event.timestamp), now),
		};
		const { phoneNumberId } = event;
		if (error?.code === WINDOW_CLOSED && isKey(phoneNumberId) && !isStrange) {
			facts.contacts.push({ fact: 'windowClosed', phoneNumberId, ...about });
		}
		if (error?.code === OPTED_OUT) {
			const category = 'marketing_messages';
			facts.contacts.push({ fact: 'preference', category, optedOut: true, ...about });
		}
	}
	if (isStrange) return;
	facts.statuses.push({
		accountKey: naming.accountKey(event),
		messageId: event.id,
		status: event.status,
		at: event.timestamp === null ? null : Date.parse(event.timestamp),
		operationId: operationIdOf(event),
		phoneNumberId: isKey(event.phoneNumberId) ? event.phoneNumberId : null,
		recipientKey: isKey(recipient) ? naming.identifierKey(event, recipient) : null,
		errorCode: Number.isSafeInteger(error?.code) ? (error?.code ?? null) : null,
		errorTitle: error?.title ?? error?.message ?? null,
		pricing:
			pricing === null
				? null
				: { category: pricing.category, type: pricing.type, billable: pricing.billable },
	});
}

function addContact(
	facts: Updates,
	event: WebhookEvent,
	naming: Naming,
	now: number,
	handoffs: HandoffSettings,
): void {
	const { contact, phoneNumberId } = event;
	const address = addressOf(contact);
	if (!isKey(address) || event.event === 'history') return;
	const accountKey = naming.accountKey(event);
	const at = event.timestamp === null ? now : Math.min(Date.parse(event.timestamp), now);
	const add = (fact: FactUpdate) =>
		facts.contacts.push({
			...fact,
			accountKey,
			contactKey: naming.identifierKey(event, address),
			at,
		});

	if (isInbound(event) && isKey(phoneNumberId)) {
		add({ fact: 'inbound', phoneNumberId, messageId: event.id });
		const source = entryPointOf(event);
		if (source !== undefined) add({ fact: 'entryPoint', phoneNumberId, source });
	}
	if (naming.keepsNames && (contact.name !== null || contact.username !== null)) {
		add({ fact: 'profile', name: contact.name, username: contact.username });
	}
	if (event.event === 'user_preferences') {
		const category = readString(event.details.category);
		if (isKey(category)) add({ fact: 'preference', category, optedOut: event.type === 'stop' });
	}
	if (isKey(phoneNumberId)) handoffsOf(event, phoneNumberId, at, handoffs).forEach(add);
	facts.moves.push(...movesOf(event, naming, at));
	const { waId, userId } = contact;
	const phone = phoneOf(waId);
	if (isKey(phone) && isKey(userId) && !isSystemNotice(event)) {
		const waKey = naming.identifierKey(event, phone);
		const userKey = naming.identifierKey(event, userId);
		facts.links.push({ accountKey, waKey, userKey, at });
	}
}

/**
 * A person's messages and calls open the service window, and so does what an app on standby sees. A
 * message in a group is not addressed to the business alone and opens nothing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/groups
 */
function isInbound(event: WebhookEvent): event is MessageEvent | NoticeEvent<'calls'> {
	if (event.event === 'calls') {
		return readString(event.details.direction) === 'USER_INITIATED' && event.type === 'connect';
	}
	return (
		'direction' in event &&
		event.direction === 'inbound' &&
		event.groupId === undefined &&
		!NO_MESSAGE.has(event.type)
	);
}

/** The ad or post that a message came from; `undefined` if there was none. */
function entryPointOf(event: MessageEvent | NoticeEvent<'calls'>): string | null | undefined {
	if (!('referral' in event)) return undefined;
	const { sourceUrl, sourceId } = event.referral;
	return readString(sourceUrl) ?? readString(sourceId);
}
