import { onRows, type Work } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeOperationId,
	encodeOptionalInteger,
	encodeText,
	readOptionalText,
	readText,
} from '../engine/encode';
import type { ColumnKind, Row, Statement } from '../engine/statement';
import { encodeSentText, keepSent } from '../texts/textTable';
import type { CompletionAnswer, Completion } from './outboxStore';
import { readState } from './outboxRow';

const completionColumns = {
	operation_id: 'text',
	owner: 'text',
	state: 'text',
	message_id: 'text',
	attempts: 'integer',
	error_code: 'integer',
	error_class: 'text',
	error_message: 'text',
	http_status: 'integer',
	fbtrace_id: 'text',
	latency_ms: 'integer',
	token_slot: 'text',
	sent_at: 'integer',
	unknown_since: 'integer',
	retry_at: 'integer',
	now: 'integer',
} as const satisfies Record<string, ColumnKind>;

type CompletionRow = {
	[Column in keyof typeof completionColumns]: string | number | null;
} & { operation_id: string };

/** A completion, and the text that is kept with it. */
export interface EncodedCompletion {
	row: CompletionRow;
	text: Row | null;
}

/**
 * The rows of an outcome.
 *
 * @param now in milliseconds since 1970; when Meta accepted it, unless the completion says so
 * @throws RangeError if a value does not fit its column
 */
export function encodeCompletion(completion: Completion, now: number): EncodedCompletion {
	const row = encodeRow(completion, now);
	const { messageId = null, text = null } = completion;
	const sentAt = row.sent_at === null ? null : Number(row.sent_at);
	const { operation_id: operationId } = row;
	return { row, text: encodeSentText({ operationId, messageId, content: text, sentAt }) };
}

function encodeRow(completion: Completion, now: number): CompletionRow {
	const { state } = completion;
	return {
		operation_id: encodeOperationId(completion.operationId),
		owner: encodeKey(completion.owner, 'owner'),
		state,
		message_id: completion.messageId ? encodeKey(completion.messageId, 'messageId') : null,
		attempts: encodeInteger(completion.attempts ?? 0, 'attempts'),
		error_code: encodeOptionalInteger(completion.errorCode, 'errorCode'),
		error_class: encodeText(completion.errorClass ?? null),
		error_message: encodeText(completion.errorMessage ?? null),
		http_status: encodeOptionalInteger(completion.httpStatus, 'httpStatus'),
		fbtrace_id: encodeText(completion.fbtraceId ?? null),
		latency_ms: encodeOptionalInteger(completion.latencyMs, 'latencyMs'),
		token_slot: encodeText(completion.tokenSlot ?? null),
		unknown_since: encodeOptionalInteger(completion.unknownSince, 'unknownSince'),
		retry_at: state === 'blocked' ? encodeOptionalInteger(completion.retryAt, 'retryAt') : null,
		sent_at: state === 'sent' ? encodeInteger(completion.sentAt ?? now, 'sentAt') : null,
		now: encodeInteger(now, 'now'),
	};
}

/**
 * The owner completes an entry once and lets go of it. The exception: if a status came first and
 * made the entry `sent`, the owner still adds what it knows.
 */
const completeStatement: Statement = {
	rows: completionColumns,
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('operations')} AS o SET
			state = r.state,
			message_id = COALESCE(o.message_id, r.message_id),
			attempts = o.attempts + r.attempts,
			error_code = r.error_code,
			error_class = r.error_class,
			error_message = r.error_message,
			http_status = r.http_status,
			fbtrace_id = r.fbtrace_id,
			latency_ms = r.latency_ms,
			token_slot = r.token_slot,
			sent_at = COALESCE(o.sent_at, r.sent_at),
			updated_at = r.now,
			lease_owner = CASE WHEN r.state = 'recorded' THEN o.lease_owner END,
			retry_at = r.retry_at,
			body = CASE WHEN r.state IN ('unknown', 'recorded') OR r.retry_at IS NOT NULL THEN o.body END
		FROM ${rows}
		WHERE o.operation_id = r.operation_id AND (
			(r.state = 'sent' AND (o.state <> 'sent' OR o.lease_owner = r.owner))
			OR (r.state <> 'sent' AND o.state IN ('recorded', 'sending') AND o.lease_owner = r.owner)
			OR (r.state NOT IN ('sent', 'unknown', 'recorded') AND o.state = 'unknown'
				AND (o.lease_owner = r.owner OR o.updated_at = r.unknown_since)))
		RETURNING ${changed('o')}operation_id, ${changed('o')}state, ${changed('o')}message_id`,
};

const readStandingStatement: Statement = {
	rows: { operation_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT o.operation_id, o.state, o.message_id
		FROM ${rows} JOIN ${table('operations')} o ON o.operation_id = r.operation_id`,
};

/** Completes a batch. Several completions of the same entry apply in order. */
export function* completeAll(completions: readonly EncodedCompletion[]): Work<CompletionAnswer[]> {
	const answers = new Map<CompletionRow, CompletionAnswer>();
	for (const turn of inTurns(completions.map(({ row }) => row))) {
		const applied = byId(yield* onRows(completeStatement, turn));
		const refused = turn.filter((row) => !applied.has(row.operation_id));
		const found = byId(yield* onRows(readStandingStatement, refused.map(onlyId)));
		for (const row of turn) {
			const isApplied = applied.has(row.operation_id);
			const standing = (isApplied ? applied : found).get(row.operation_id);
			answers.set(row, { applied: isApplied, ...(standing ?? gone) });
		}
	}
	yield* keepSent(completions.flatMap(({ text }) => (text === null ? [] : [text])));
	return completions.map(({ row }) => answers.get(row) ?? { applied: false, ...gone });
}

type Standing = Omit<CompletionAnswer, 'applied'>;

/** The state of an entry that no longer exists. */
const gone: Standing = { state: null, messageId: null };

function byId(rows: readonly Row[]): Map<string, Standing> {
	return new Map(
		rows.map((row) => [
			readText(row, 'operation_id'),
			{ state: readState(row), messageId: readOptionalText(row, 'message_id') },
		]),
	);
}

const onlyId = ({ operation_id }: CompletionRow): Row => ({ operation_id });

/**
 * Splits completions into parts in which no entry appears twice, each sorted by ID: the order in
 * which all processes lock.
 */
function inTurns(completions: readonly CompletionRow[]): CompletionRow[][] {
	const turns: CompletionRow[][] = [];
	const count = new Map<string, number>();
	for (const row of completions) {
		const turn = count.get(row.operation_id) ?? 0;
		count.set(row.operation_id, turn + 1);
		(turns[turn] ??= []).push(row);
	}
	return turns.map((turn) => turn.sort((a, b) => (a.operation_id < b.operation_id ? -1 : 1)));
}
