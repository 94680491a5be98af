import type { IDataObject } from 'n8n-workflow';
import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import type { ReportRow } from '../../store/reports/reportStore';
import { resultOf } from '../../store/reports/result';
import type { MessageTimeline } from '../../store/statuses/statusStore';

/** What became of one message, what people look for first. Its names are permanent: workflows depend on them. */
export function messageItem({ operation, timeline }: ReportRow): IDataObject {
	return {
		status: resultOf(operation.state, timeline?.status),
		messageId: operation.messageId ?? timeline?.messageId ?? null,
		recipient: operation.recipientKey,
		timeline: timelineOf(operation, timeline),
		error: errorOf(operation, timeline),
		pricing: timeline === null ? null : pricingOf(timeline),
		phoneNumberId: operation.phoneNumberId,
		campaign: operation.campaign,
		workflowId: operation.workflowId,
		executionId: operation.executionId,
		nodeName: operation.nodeName,
		itemIndex: operation.itemIndex,
		createdAt: isoTime(operation.createdAt),
		updatedAt: isoTime(Math.max(operation.updatedAt, timeline?.updatedAt ?? 0)),
		operationId: operation.operationId,
		attempts: operation.attempts,
		duplicatesAvoided: operation.duplicates,
		latencyMs: operation.latencyMs,
		fbtraceId: operation.fbtraceId,
		token: operation.tokenSlot,
	};
}

/** What is known about a message that this package did not send. */
export function foreignItem(timeline: MessageTimeline): IDataObject {
	return {
		status: resultOf('sent', timeline.status),
		messageId: timeline.messageId,
		recipient: timeline.recipientKey,
		timeline: timelineOf(null, timeline),
		error: errorOf(null, timeline),
		pricing: pricingOf(timeline),
		phoneNumberId: timeline.phoneNumberId,
		updatedAt: isoTime(timeline.updatedAt),
		operationId: timeline.operationId,
	};
}

/** The known steps, in order. */
function timelineOf(
	operation: OutboxEntry | null,
	timeline: MessageTimeline | null,
): IDataObject[] {
	const steps: [status: string, at: number | null][] = [
		['accepted', operation?.sentAt ?? null],
		['sent', timeline?.sentAt ?? null],
		['delivered', timeline?.deliveredAt ?? null],
		['read', timeline?.readAt ?? null],
		['played', timeline?.playedAt ?? null],
		['failed', timeline?.failedAt ?? null],
		[timeline?.otherStatus ?? 'other', timeline?.otherAt ?? null],
	];
	// Meta uses whole seconds: its "sent" may seem earlier than our "accepted" but still goes after.
	return steps.flatMap(([status, at]) => (at === null ? [] : [{ status, at: isoTime(at) }]));
}

function errorOf(
	operation: OutboxEntry | null,
	timeline: MessageTimeline | null,
): IDataObject | null {
	if (timeline !== null && timeline.status === 'failed') {
		const { errorCode: code, errorTitle: message } = timeline;
		return { origin: 'status', code, class: null, message };
	}
	if (operation === null || operation.state === 'sent') return null;
	const { errorCode: code, errorClass, errorMessage: message } = operation;
	if (code === null && errorClass === null && message === null) return null;
	return { origin: 'answer', code, class: errorClass, message };
}

function pricingOf(timeline: MessageTimeline): IDataObject | null {
	const { pricingCategory: category, pricingType: type, billable } = timeline;
	return category === null && type === null && billable === null
		? null
		: { category, type, billable };
}

export const isoTime = (ms: number): string => new Date(ms).toISOString();
