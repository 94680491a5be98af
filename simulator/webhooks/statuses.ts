import type { WebhookTraits } from '../faults/faults.ts';
import type { ChatStatus } from '../chat-contract.ts';
import { webhookError } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { StoredMessage } from '../state/messages.ts';
import { statusRank } from '../state/messages.ts';
import { webhookContact } from './payload.ts';

type SentStatus = Exclude<ChatStatus, 'accepted'>;

/** How far a message gets. */
export type Outcome =
	{ ends: 'read' | 'delivered' | 'sent' } | { ends: 'failed'; code: number; details?: string };

/** Schedules the statuses of an accepted message. */
export function scheduleStatuses(
	simulator: Simulator,
	message: StoredMessage,
	outcome: Outcome,
): void {
	const { statuses } = simulator.settings;
	if (!statuses.enabled) return;
	const plan = (afterMs: number | null, run: () => void): void => {
		if (afterMs !== null) message.jobs.push(simulator.clock.after(afterMs, run));
	};
	if (outcome.ends === 'failed') {
		const { code, details } = outcome;
		plan(statuses.sentAfterMs ?? 0, () => failMessage(simulator, message, code, details));
		return;
	}
	plan(statuses.sentAfterMs, () => advanceStatus(simulator, message, 'sent'));
	if (outcome.ends === 'sent') return;
	plan(statuses.deliveredAfterMs, () => advanceStatus(simulator, message, 'delivered'));
	if (outcome.ends === 'delivered') return;
	plan(statuses.readAfterMs, () => advanceStatus(simulator, message, 'read'));
}

/** Advances a message to a status and notifies the business; earlier statuses are skipped. */
export function advanceStatus(
	simulator: Simulator,
	message: StoredMessage,
	status: SentStatus,
): void {
	if (statusRank[status] <= message.rank) return;
	message.rank = statusRank[status];
	message.chat.status = status;
	if (status === 'read' || status === 'failed') {
		for (const job of message.jobs.splice(0)) job.cancel();
	}
	if (!message.hidden) simulator.chat.publish('message', message.chat);
	const { groupParticipants } = message;
	if (groupParticipants && status !== 'sent' && status !== 'failed') {
		for (const participant of groupParticipants)
			publishStatus(simulator, message, status, participant);
		return;
	}
	publishStatus(simulator, message, status, null);
}

/** Ends a message with `failed` and Meta's error. */
function failMessage(
	simulator: Simulator,
	message: StoredMessage,
	code: number,
	details?: string,
): void {
	message.chat.errors = [webhookError(code, details)];
	advanceStatus(simulator, message, 'failed');
}

/** The price is in `sent` and in the first of delivered and read. */
function pricingOf(message: StoredMessage, status: SentStatus): JsonObject {
	const { pricing } = message;
	const hasPrice = status === 'sent' || status === 'delivered' || status === 'read';
	if (!pricing || !hasPrice || message.priced >= (status === 'sent' ? 1 : 2)) return {};
	message.priced = status === 'sent' ? 1 : 2;
	return {
		pricing: {
			billable: pricing.billable,
			pricing_model: 'PMP',
			category: pricing.category,
			type: pricing.type,
			...(pricing.cost && status !== 'sent' ? { cost: pricing.cost } : {}),
		},
	};
}

/** Since v24, only statuses under a free entry point have a conversation. */
function conversationOf({ pricing }: StoredMessage, status: SentStatus): JsonObject {
	const entry = pricing?.entry;
	if (!entry || status === 'failed' || status === 'played') return {};
	return {
		conversation: {
			id: entry.id,
			...(status === 'sent'
				? { expiration_timestamp: String(Math.floor(entry.endsMs / 1000)) }
				: {}),
			origin: { type: 'referral_conversion' },
		},
	};
}

function publishStatus(
	simulator: Simulator,
	message: StoredMessage,
	status: SentStatus,
	participant: string | null,
): void {
	const { chat, operationId } = message;
	const number = simulator.account.phoneNumbers.get(chat.phoneNumberId);
	if (!number) return;
	const person = simulator.customers.get(participant ?? chat.customer);
	const isGroup = message.groupParticipants !== null;
	const statusObject: JsonObject = {
		id: chat.id,
		status,
		timestamp: String(simulator.clock.nowSeconds()),
		...(isGroup
			? {
					recipient_id: chat.customer,
					recipient_type: 'group',
					...(person && participant !== null
						? {
								recipient_participant_id: person.waId,
								recipient_participant_user_id: person.userId,
							}
						: {}),
				}
			: {
					...(person?.phoneHidden === true ? {} : { recipient_id: chat.customer }),
					...(person ? { recipient_user_id: person.userId } : {}),
				}),
		...conversationOf(message, status),
		...pricingOf(message, status),
		...(message.generatedTemplateId === null ? {} : { template_id: message.generatedTemplateId }),
		...(operationId === null ? {} : { biz_opaque_callback_data: operationId }),
		...(status === 'failed' ? { errors: chat.errors } : {}),
	};
	const traits: WebhookTraits = {
		event: 'status',
		status,
		phoneNumberId: chat.phoneNumberId,
		recipient: chat.customer,
		operationId: operationId ?? undefined,
		messageType: chat.type,
	};
	simulator.statusBatches.add(
		simulator,
		number,
		traits,
		statusObject,
		person ? webhookContact(person) : null,
	);
}
