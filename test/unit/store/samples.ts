import type { OutboxMessage } from '../../../nodes/WhatsAppCloud/store/outbox/outboxEntry';
import type { Lease, Completion } from '../../../nodes/WhatsAppCloud/store/outbox/outboxStore';
import type {
	ReceivedEvent,
	ReceivedWebhook,
} from '../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { StatusEntry } from '../../../nodes/WhatsAppCloud/store/statuses/statusStore';

/** The time the tests start from: 2026-01-01. */
export const start = 1_767_225_600_000;

export const dayMs = 86_400_000;

export const lease = (owner = 'owner-1', leaseMs = 30_000): Lease => ({ owner, leaseMs });

export function intent(operationId: string, changes: Partial<OutboxMessage> = {}): OutboxMessage {
	return {
		operationId,
		accountKey: 'account',
		workflowId: 'workflow',
		executionId: 'execution',
		nodeId: 'node',
		nodeName: 'Send',
		runIndex: 0,
		itemIndex: 0,
		part: 0,
		fingerprint: `fingerprint of ${operationId}`,
		payloadHash: 'payload',
		phoneNumberId: '200000000000001',
		recipientKey: '491700000001',
		campaign: null,
		body: '{"type":"text"}',
		expiresAt: start + 7 * dayMs,
		...changes,
	};
}

export const sent = (
	operationId: string,
	messageId = `wamid.${operationId}`,
	owner = 'owner-1',
): Completion => ({
	operationId,
	owner,
	state: 'sent',
	messageId,
	attempts: 1,
	httpStatus: 200,
	fbtraceId: 'trace',
	latencyMs: 50,
	tokenSlot: 'primary',
});

export const failed = (operationId: string, owner = 'owner-1'): Completion => ({
	operationId,
	owner,
	state: 'failed',
	attempts: 2,
	errorCode: 131026,
	errorClass: 'undeliverable',
	errorMessage: 'Message undeliverable',
	httpStatus: 400,
});

export function status(
	messageId: string,
	name: string,
	at: number | null,
	changes: Partial<StatusEntry> = {},
): StatusEntry {
	return {
		accountKey: 'account',
		messageId,
		status: name,
		at,
		operationId: null,
		phoneNumberId: '200000000000001',
		recipientKey: '491700000001',
		errorCode: null,
		errorTitle: null,
		pricing: null,
		...changes,
	};
}

/** An event that a trigger chose. */
export function arrived(eventKey: string, changes: Partial<ReceivedEvent> = {}): ReceivedEvent {
	return {
		accountKey: 'account',
		eventKey,
		content: `content of ${eventKey}`,
		orderKey: `order of ${eventKey}`,
		contactKey: null,
		occurredAt: start,
		deliveries: [{ listenerId: 'listener', batchId: `batch of ${eventKey}`, dueAt: 0 }],
		...changes,
	};
}

/** A webhook that holds nothing but these events. */
export const webhookOf = (events: ReceivedEvent[]): ReceivedWebhook => ({
	statuses: [],
	contacts: [],
	links: [],
	events,
});

/** Receives events and completes their execution. @returns which of them were new */
export async function handle(store: Store, eventKeys: string[], now: number): Promise<boolean[]> {
	const deliveries = [{ listenerId: 'listener', batchId: `at ${now}`, dueAt: 0 }];
	const events = eventKeys.map((eventKey) => arrived(eventKey, { deliveries }));
	const { areNew } = await store.inbox.receive(webhookOf(events), now);
	await store.inbox.claim(`at ${now}`, 'execution', 1_000, now);
	await store.inbox.complete(`at ${now}`, 'execution');
	return areNew.flat();
}
