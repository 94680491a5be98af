import {
	encodeInteger,
	encodeKey,
	encodeOperationId,
	encodeOptionalInteger,
	encodeText,
	readNumber,
	readOptionalNumber,
	readOptionalText,
	readText,
} from '../engine/encode';
import { columnsOf, type ColumnKind, type Row, type Statement } from '../engine/statement';
import { furthestOf, rankedStatuses, type KnownStatus } from './furthest';
import type { MessageTimeline, StatusEntry } from './statusStore';

export const messageColumns = {
	message_id: 'text',
	account_key: 'text',
	operation_id: 'text',
	phone_number_id: 'text',
	recipient_key: 'text',
	sent_at: 'integer',
	delivered_at: 'integer',
	read_at: 'integer',
	played_at: 'integer',
	failed_at: 'integer',
	other_status: 'text',
	other_at: 'integer',
	error_code: 'integer',
	error_title: 'text',
	pricing_category: 'text',
	pricing_type: 'text',
	billable: 'integer',
	first_at: 'integer',
	updated_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

export const timelineStatement: Statement = {
	rows: { message_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT ${columnsOf('m', Object.keys(messageColumns))}
		FROM ${rows} JOIN ${table('messages')} m ON m.message_id = r.message_id`,
};

/** A status as the database stores it, with its time filled in. */
export interface EncodedStatus {
	messageId: string;
	accountKey: string;
	operationId: string | null;
	phoneNumberId: string | null;
	recipientKey: string | null;
	status: string;
	known: KnownStatus | null;
	at: number;
	errorCode: number | null;
	errorTitle: string | null;
	pricingCategory: string | null;
	pricingType: string | null;
	billable: number | null;
	now: number;
}

/** @throws RangeError if a key is empty or too long. */
export function encodeStatus(entry: StatusEntry, now: number): EncodedStatus {
	const { billable = null, category = null, type = null } = entry.pricing ?? {};
	return {
		messageId: encodeKey(entry.messageId, 'messageId'),
		accountKey: encodeKey(entry.accountKey, 'accountKey'),
		operationId: entry.operationId ? encodeOperationId(entry.operationId) : null,
		phoneNumberId: entry.phoneNumberId ? encodeKey(entry.phoneNumberId, 'phoneNumberId') : null,
		recipientKey: entry.recipientKey ? encodeKey(entry.recipientKey, 'recipientKey') : null,
		status: encodeText(entry.status),
		known: rankedStatuses.find((status) => status === entry.status) ?? null,
		at: encodeInteger(entry.at ?? now, 'at'),
		errorCode: encodeOptionalInteger(entry.errorCode, 'errorCode'),
		errorTitle: encodeText(entry.errorTitle),
		pricingCategory: encodeText(category),
		pricingType: encodeText(type),
		billable: billable === null ? null : Number(billable),
		now: encodeInteger(now, 'now'),
	};
}

export function readTimeline(row: Row): MessageTimeline {
	const billable = readOptionalNumber(row, 'billable');
	const times = {
		sentAt: readOptionalNumber(row, 'sent_at'),
		deliveredAt: readOptionalNumber(row, 'delivered_at'),
		readAt: readOptionalNumber(row, 'read_at'),
		playedAt: readOptionalNumber(row, 'played_at'),
		failedAt: readOptionalNumber(row, 'failed_at'),
	};
	const otherStatus = readOptionalText(row, 'other_status');
	return {
		messageId: readText(row, 'message_id'),
		accountKey: readText(row, 'account_key'),
		operationId: readOptionalText(row, 'operation_id'),
		phoneNumberId: readOptionalText(row, 'phone_number_id'),
		recipientKey: readOptionalText(row, 'recipient_key'),
		status: furthestOf(times) ?? otherStatus ?? 'unknown',
		...times,
		otherStatus,
		otherAt: readOptionalNumber(row, 'other_at'),
		errorCode: readOptionalNumber(row, 'error_code'),
		errorTitle: readOptionalText(row, 'error_title'),
		pricingCategory: readOptionalText(row, 'pricing_category'),
		pricingType: readOptionalText(row, 'pricing_type'),
		billable: billable === null ? null : billable === 1,
		firstAt: readNumber(row, 'first_at'),
		updatedAt: readNumber(row, 'updated_at'),
	};
}
