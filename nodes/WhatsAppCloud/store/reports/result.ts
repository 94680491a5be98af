import type { EntryState } from '../outbox/outboxEntry';
import { rankedStatuses, type KnownStatus } from '../statuses/furthest';
import type { MessageResult } from './reportStore';

/** What a status adds to the outbox entry; `sent` adds nothing. */
const resultOfStatus: ReadonlyMap<string, MessageResult> = new Map<KnownStatus, MessageResult>([
	['played', 'read'],
	['read', 'read'],
	['delivered', 'delivered'],
	['failed', 'failed'],
]);

/**
 * The result of one message.
 *
 * @param status the furthest status; undefined before the first
 */
export function resultOf(state: EntryState, status: string | undefined): MessageResult {
	const known = status === undefined ? undefined : resultOfStatus.get(status);
	if (known !== undefined) return known;
	return state === 'recorded' || state === 'sending' ? 'waiting' : state;
}

/** SQL: the same for an outbox entry `o` with its statuses `m`. */
export const resultSql = `CASE
	${rankedStatuses
		.filter((status) => resultOfStatus.has(status))
		.map((status) => `WHEN m.${status}_at IS NOT NULL THEN '${resultOfStatus.get(status) ?? ''}'`)
		.join('\n\t')}
	WHEN o.state IN ('recorded', 'sending') THEN 'waiting'
	ELSE o.state END`;
