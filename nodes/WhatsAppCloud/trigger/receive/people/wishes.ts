import { consentFor } from '../../../contacts/consent';
import { handoffFor, type TakenOver } from '../../../contacts/handoff';
import { consentSignalIn, consentWords, type ConsentSignal } from '../../../contacts/consentWords';
import type { MessageEvent } from '../../../events/messages/messageEvent';
import type { WebhookEvent } from '../../../events/webhookEvent';
import { readOptionId } from '../../../questions/optionIds';
import type { Contact, ContactStore, ContactUpdate } from '../../../store/contacts/contactStore';
import { covers, type ListenerScope } from '../../listeners/listenerScope';
import type { TriggerOptions } from '../../settings/triggerOptions';
import type { ConsentMark } from '../../deliveries/content';
import type { Naming } from '../naming';
import { addressOf, isKey } from '../address';

/** A published trigger, as far as people's wishes go. */
export interface Listening {
	about: ListenerScope;
	options: Pick<TriggerOptions, 'choice' | 'contacts'>;
}

/** An answer to somebody who has opted out or in by a word. */
export interface Confirmation {
	event: MessageEvent;
	text: string;
	/** The same for the same change, so that it is sent once. */
	key: string;
}

/** What a webhook says about what people want, and who answers them. */
export interface Wishes {
	updates: ContactUpdate[];
	/** Messages that are words to opt out or in. */
	consents: ReadonlyMap<WebhookEvent, ConsentMark>;
	confirmations: Confirmation[];
	/** Messages in conversations that a human or another agent answers. */
	taken: ReadonlyMap<WebhookEvent, TakenOver>;
}

/** A message that its sender addressed to the business alone. */
interface Written {
	event: MessageEvent;
	accountKey: string;
	contactKey: string;
	phoneNumberId: string;
	at: number;
	signal: ConsentSignal | null;
}

const builtIn = consentWords({ optIn: null, optOut: null });

/**
 * Reads what people want from their messages. The state is asked about a person only if a message
 * is one of the words, or a trigger asks who answers.
 *
 * @param now in milliseconds since 1970
 * @throws StateProblem
 */
export async function wishesOf(
	events: readonly WebhookEvent[],
	{
		listening,
		contacts,
		naming,
		now,
	}: {
		listening: readonly Listening[];
		contacts: Pick<ContactStore, 'get'>;
		naming: Naming;
		now: number;
	},
): Promise<Wishes> {
	const asksWho = listening.some(({ options }) => options.contacts.whenTakenOver !== 'start');
	const written = events.flatMap((event) => writtenBy(event, listening, naming, now));
	const known = await peopleOf(
		written.filter(({ signal }) => asksWho || signal !== null),
		contacts,
	);
	const found: Mutable<Wishes> = {
		updates: [],
		consents: new Map(),
		confirmations: [],
		taken: new Map(),
	};
	for (const message of written) {
		const contact = known.get(message) ?? null;
		addConsent(found, message, contact, listening);
		const taken = handoffFor(contact, message.phoneNumberId, now);
		// Meta delivers to this app: whoever owned the thread before has lost it.
		const isOurs = message.event.event === 'message' && taken?.kind !== 'standby';
		if (taken !== null && isOurs) found.taken.set(message.event, taken);
	}
	return found;
}

type Mutable<Found extends Wishes> = Omit<Found, 'consents' | 'taken'> & {
	consents: Map<WebhookEvent, ConsentMark>;
	taken: Map<WebhookEvent, TakenOver>;
};

function writtenBy(
	event: WebhookEvent,
	listening: readonly Listening[],
	naming: Naming,
	now: number,
): Written[] {
	if (!('direction' in event) || event.direction !== 'inbound') return [];
	const { phoneNumberId } = event;
	const address = addressOf(event.contact);
	const isPersonal =
		(event.event === 'message' || event.event === 'standby') && event.groupId === undefined;
	if (!isPersonal || !isKey(address) || !isKey(phoneNumberId)) return [];
	return [
		{
			event,
			accountKey: naming.accountKey(event),
			contactKey: naming.identifierKey(event, address),
			phoneNumberId,
			at: event.timestamp === null ? now : Math.min(Date.parse(event.timestamp), now),
			signal: signalIn(event, listening),
		},
	];
}

/** The triggers whose settings count for an event. */
const listeningTo = (listening: readonly Listening[], event: WebhookEvent): Listening[] =>
	listening.filter(({ about, options }) => {
		const { phoneNumberIds } = options.choice;
		const isOfNumber = phoneNumberIds.size === 0 || phoneNumberIds.has(event.phoneNumberId ?? '');
		return covers(about, event) && isOfNumber;
	});

/** Words that a trigger has of its own take the place of the built-in ones. */
function signalIn(event: MessageEvent, listening: readonly Listening[]): ConsentSignal | null {
	// Whatever the buttons of a question say, they answer it.
	if (readOptionId(event.replyId) !== null) return null;
	const own = listeningTo(listening, event).flatMap(({ options }) => options.contacts.words ?? []);
	const signals = new Set(
		(own.length === 0 ? [builtIn] : own).map((words) => consentSignalIn(event, words)),
	);
	const inOrder = ['optOut', 'optIn', 'resume'] as const;
	return inOrder.find((signal) => signals.has(signal)) ?? null;
}

async function peopleOf(
	written: readonly Written[],
	contacts: Pick<ContactStore, 'get'>,
): Promise<Map<Written, Contact>> {
	const found = new Map<Written, Contact>();
	for (const accountKey of new Set(written.map((message) => message.accountKey))) {
		const own = written.filter((message) => message.accountKey === accountKey);
		const people = await contacts.get(
			accountKey,
			own.map(({ contactKey }) => contactKey),
		);
		own.forEach((message, index) => {
			const person = people[index];
			if (person !== undefined) found.set(message, person);
		});
	}
	return found;
}

function addConsent(
	found: Mutable<Wishes>,
	message: Written,
	contact: Contact | null,
	listening: readonly Listening[],
): void {
	const { event, accountKey, contactKey, at, signal } = message;
	if (signal === null) return;
	const before = consentFor(contact, 'marketing');
	if (signal === 'resume' && before.state !== 'withdrawn') return;
	const granted = signal !== 'optOut';
	found.consents.set(event, granted ? 'optedIn' : 'optedOut');
	found.updates.push({
		fact: 'consent',
		accountKey,
		contactKey,
		at,
		category: 'marketing',
		granted,
		source: granted ? 'Opt-in word' : 'Opt-out word',
		note: `"${event.text ?? event.replyId ?? ''}"${event.id === null ? '' : ` in message ${event.id}`}`,
	});

	const isKnown = before.state === (granted ? 'granted' : 'withdrawn');
	const since = before.at ?? -Infinity;
	// In the second of an opt-out, an opt-in does not count.
	const isPast = granted && before.state === 'withdrawn' ? at <= since : at < since;
	if (isKnown || isPast || event.event === 'standby') return;
	const text = listeningTo(listening, event)
		.map(({ options }) => options.contacts.confirmations[granted ? 'optIn' : 'optOut'])
		.find((confirmation) => confirmation !== null);
	if (text === undefined) return;
	const key = `consent ${accountKey} ${contactKey} ${String(granted)} ${before.at ?? 0}`;
	found.confirmations.push({ event, text, key });
}
