import { isWithinHours } from '../../time/hours';
import type { EventName, WebhookEvent } from '../../events/webhookEvent';
import { covers } from '../listeners/listenerScope';
import { type ListenerScope } from '../listeners/listenerScope';
import { ACCOUNT_NOTICES } from '../../events/notices/noticeTypes';
import type { Choice, FilterName } from '../settings/eventChoice';

/**
 * Returns the first filter that keeps an event out, or `null` if the event is chosen.
 *
 * @param scope Whose webhooks the trigger is registered for.
 * @param nowMs The current time, in milliseconds since 1970.
 * @param taken Messages in conversations that a human or another agent answers.
 */
function filterAgainst(
	event: WebhookEvent,
	choice: Choice,
	scope: ListenerScope,
	nowMs: number,
	taken: ReadonlyMap<WebhookEvent, unknown>,
): FilterName | null {
	if (!covers(scope, event)) return 'Registration';
	if (isReplay(event, choice.replayAgeMs, nowMs)) return 'Drop Replays Older Than';
	if (!allows(choice.events, event.event)) return 'Events';
	if (!isOfNumbers(event, choice.phoneNumberIds)) return 'Phone Numbers';
	if ('status' in event && !allows(choice.statuses, event.status)) return 'Statuses';
	if (!('direction' in event)) return null;
	if (choice.ignoreEchoes && event.direction === 'outbound') return 'Ignore Own Echoes';
	if (!allows(choice.messageTypes, event.type)) return 'Message Types';
	if (choice.skipsTakenOver && taken.has(event)) return 'When a Person Has Taken Over';
	if (choice.senders.size > 0 && !isFrom(event, choice.senders)) return 'Senders';
	const writtenMs = event.timestamp === null ? nowMs : Date.parse(event.timestamp);
	if (choice.maxAgeMs !== null && nowMs - writtenMs > choice.maxAgeMs) {
		return 'Ignore Messages Older Than';
	}
	return choice.hours !== null && !isWithinHours(choice.hours, writtenMs) ? 'Hours' : null;
}

/**
 * Whether an event is too old for Meta to be delivering it only now: Meta gives up after seven
 * days. A signature stays valid forever, so a message that old comes from someone else. Chat
 * histories are old by nature.
 */
function isReplay(event: WebhookEvent, ageMs: number | null, nowMs: number): boolean {
	if (ageMs === null || event.timestamp === null || event.event === 'history') return false;
	const isDated = 'direction' in event || 'status' in event || 'payment' in event;
	return isDated && nowMs - Date.parse(event.timestamp) > ageMs;
}

/** The chosen events, and how many each filter kept out. */
export function choose(
	events: readonly WebhookEvent[],
	choice: Choice,
	scope: ListenerScope,
	nowMs: number,
	taken: ReadonlyMap<WebhookEvent, unknown> = new Map(),
): { chosen: WebhookEvent[]; filtered: Map<FilterName, number> } {
	const chosen: WebhookEvent[] = [];
	const filtered = new Map<FilterName, number>();
	for (const event of events) {
		const filter = filterAgainst(event, choice, scope, nowMs, taken);
		if (filter === null) chosen.push(event);
		else filtered.set(filter, (filtered.get(filter) ?? 0) + 1);
	}
	return { chosen, filtered };
}

/**
 * Events in a conversation or call belong to a number; if Meta does not say which, it may be one
 * that was not chosen. Events about the whole account pass, and so do those that identify a number
 * only by its digits.
 */
function isOfNumbers(event: WebhookEvent, chosen: ReadonlySet<string>): boolean {
	if (event.phoneNumberId !== null) return allows(chosen, event.phoneNumberId);
	return chosen.size === 0 || WITHOUT_NUMBER.has(event.event);
}

const WITHOUT_NUMBER: ReadonlySet<string> = new Set<string>([
	...ACCOUNT_NOTICES,
	...(['automatic_events', 'errors', 'other', 'tracking_events'] satisfies EventName[]),
]);

function allows(set: ReadonlySet<string>, value: string): boolean {
	return set.size === 0 || set.has(value);
}

/** The person counts, whichever side wrote: `senders` names people, not the business. */
function isFrom({ contact }: WebhookEvent, senders: ReadonlySet<string>): boolean {
	return (
		(contact.userId !== null && senders.has(contact.userId)) ||
		(contact.waId !== null && senders.has(contact.waId.replace(/\D/g, '')))
	);
}
