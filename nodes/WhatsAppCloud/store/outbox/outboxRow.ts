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
import { columnsOf, type ColumnKind, type Row, type SqlWriter } from '../engine/statement';
import { maxLeaseMs } from '../store';
import type { OutboxMessage, OutboxEntry, EntryState } from './outboxEntry';
import type { EntryFilter } from './outboxStore';

/** Columns filled from an intent. */
export const intentColumns = {
	operation_id: 'text',
	account_key: 'text',
	workflow_id: 'text',
	execution_id: 'text',
	execution_began: 'integer',
	node_id: 'text',
	node_name: 'text',
	run_index: 'integer',
	item_index: 'integer',
	part: 'integer',
	fingerprint: 'text',
	payload_hash: 'text',
	phone_number_id: 'text',
	recipient_key: 'text',
	campaign: 'text',
	category: 'text',
	body: 'text',
	expires_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

export type IntentRow = {
	[Column in keyof typeof intentColumns]: string | number | null;
} & { operation_id: string; account_key: string; payload_hash: string };

/** @throws RangeError if a key is empty or too long, or a number is invalid. */
export function encodeIntent(intent: OutboxMessage): IntentRow {
	return {
		operation_id: encodeOperationId(intent.operationId),
		account_key: encodeKey(intent.accountKey, 'accountKey'),
		workflow_id: encodeKey(intent.workflowId, 'workflowId'),
		execution_id: encodeKey(intent.executionId, 'executionId'),
		execution_began: encodeOptionalInteger(intent.executionBegan, 'executionBegan'),
		node_id: encodeKey(intent.nodeId, 'nodeId'),
		node_name: encodeText(intent.nodeName),
		run_index: encodeInteger(intent.runIndex, 'runIndex'),
		item_index: encodeInteger(intent.itemIndex, 'itemIndex'),
		part: encodeInteger(intent.part, 'part'),
		fingerprint: encodeKey(intent.fingerprint, 'fingerprint'),
		payload_hash: encodeKey(intent.payloadHash, 'payloadHash'),
		phone_number_id: encodeKey(intent.phoneNumberId, 'phoneNumberId'),
		recipient_key: encodeKey(intent.recipientKey, 'recipientKey'),
		campaign: intent.campaign === null ? null : encodeKey(intent.campaign, 'campaign'),
		category: intent.category ? encodeKey(intent.category, 'category') : null,
		body: encodeText(intent.body),
		expires_at: encodeInteger(intent.expiresAt, 'expiresAt'),
	};
}

/** Columns that only the store fills. */
const outcomeColumns = [
	'state',
	'message_id',
	'attempts',
	'duplicates',
	'error_code',
	'error_class',
	'error_message',
	'http_status',
	'fbtrace_id',
	'latency_ms',
	'token_slot',
	'created_at',
	'sent_at',
	'updated_at',
	'retry_at',
	'lease_owner',
] as const;

/** The columns `readEntry` needs from operation `o` and its lease `l`. */
export const entryColumns = `${columnsOf('o', [...Object.keys(intentColumns), ...outcomeColumns])}, l.lease_until`;

/** Joins the lease of operation `o`. */
export const withLease = ({ table }: SqlWriter): string =>
	`LEFT JOIN ${table('leases')} l ON l.owner = o.lease_owner`;

export function readEntry(row: Row): OutboxEntry {
	const executionBegan = readOptionalNumber(row, 'execution_began');
	return {
		...(executionBegan === null ? {} : { executionBegan }),
		operationId: readText(row, 'operation_id'),
		accountKey: readText(row, 'account_key'),
		workflowId: readText(row, 'workflow_id'),
		executionId: readText(row, 'execution_id'),
		nodeId: readText(row, 'node_id'),
		nodeName: readText(row, 'node_name'),
		runIndex: readNumber(row, 'run_index'),
		itemIndex: readNumber(row, 'item_index'),
		part: readNumber(row, 'part'),
		fingerprint: readText(row, 'fingerprint'),
		payloadHash: readText(row, 'payload_hash'),
		phoneNumberId: readText(row, 'phone_number_id'),
		recipientKey: readText(row, 'recipient_key'),
		campaign: readOptionalText(row, 'campaign'),
		category: readOptionalText(row, 'category'),
		body: readOptionalText(row, 'body'),
		expiresAt: readNumber(row, 'expires_at'),
		state: readState(row),
		messageId: readOptionalText(row, 'message_id'),
		attempts: readNumber(row, 'attempts'),
		duplicates: readNumber(row, 'duplicates'),
		errorCode: readOptionalNumber(row, 'error_code'),
		errorClass: readOptionalText(row, 'error_class'),
		errorMessage: readOptionalText(row, 'error_message'),
		httpStatus: readOptionalNumber(row, 'http_status'),
		fbtraceId: readOptionalText(row, 'fbtrace_id'),
		latencyMs: readOptionalNumber(row, 'latency_ms'),
		tokenSlot: readOptionalText(row, 'token_slot'),
		createdAt: readNumber(row, 'created_at'),
		sentAt: readOptionalNumber(row, 'sent_at'),
		updatedAt: readNumber(row, 'updated_at'),
		retryAt: readOptionalNumber(row, 'retry_at'),
		leaseOwner: readOptionalText(row, 'lease_owner'),
		leaseUntil: readOptionalNumber(row, 'lease_until'),
	};
}

/** Only this package writes the column. */
export const readState = (row: Row): EntryState => readText(row, 'state') as EntryState;

/** SQL condition: the owner in a column has a lease that is running at the time `now`. */
export const isLiving = ({ table }: SqlWriter, owner: string, now: string): string =>
	`EXISTS (SELECT 1 FROM ${table('leases')} w WHERE w.owner = ${owner}
		AND w.lease_until > ${now} AND w.lease_until <= ${now} + ${maxLeaseMs})`;

/** The same for an entry already read. */
export function isLivingLease({ leaseUntil }: OutboxEntry, now: number): boolean {
	return leaseUntil !== null && leaseUntil > now && leaseUntil <= now + maxLeaseMs;
}

/** The values `fitsFilter` needs. */
export const filterValues = {
	account_key: 'text',
	from_time: 'integer',
	to_time: 'integer',
	campaign: 'text',
	phone_number_id: 'text',
	workflow_id: 'text',
	execution_id: 'text',
	node_id: 'text',
} as const satisfies Record<string, ColumnKind>;

/** SQL condition: operation `o` matches the filter. */
export function fitsFilter({ value }: SqlWriter): string {
	const names = ['campaign', 'phone_number_id', 'workflow_id', 'execution_id', 'node_id'];
	const optional = names.map((name) => `(${value(name)} IS NULL OR o.${name} = ${value(name)})`);
	return [
		`o.account_key = ${value('account_key')}`,
		`o.created_at >= ${value('from_time')}`,
		`o.created_at < ${value('to_time')}`,
		...optional,
	].join(' AND ');
}

export function encodeFilter(filter: EntryFilter): Row & { account_key: string } {
	return {
		account_key: encodeKey(filter.accountKey, 'accountKey'),
		from_time: encodeInteger(filter.from ?? 0, 'from'),
		to_time: encodeInteger(filter.to ?? Number.MAX_SAFE_INTEGER, 'to'),
		campaign: encodeText(filter.campaign ?? null),
		phone_number_id: encodeText(filter.phoneNumberId ?? null),
		workflow_id: encodeText(filter.workflowId ?? null),
		execution_id: encodeText(filter.executionId ?? null),
		node_id: encodeText(filter.nodeId ?? null),
	};
}
