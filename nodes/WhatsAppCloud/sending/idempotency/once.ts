import type { EnqueueAnswer, EnqueueRequest, OutboxEntry } from '../../store/outbox/outboxStore';
import { FieldProblem } from '../../values/problem';
import type { Delivery } from '../attempt/outcome';
import { sendAndSettle, type Protection, type SendOnceResult } from './settle';

/** The same key was used for another message. */
export class KeyConflict extends FieldProblem {
	override name = 'KeyConflict';

	/** @param holder the message that holds the key */
	constructor(holder: { messageId?: string | null; phoneNumberId: string }) {
		const { messageId = null, phoneNumberId } = holder;
		const known =
			messageId === null ? '' : ` It belongs to ${messageId}, sent by ${phoneNumberId}.`;
		super(
			'Options › Idempotency Key',
			'was used for another message',
			`A key cannot be used again with other content or another recipient.${known} Use a key that names this message alone.`,
		);
	}
}

/** How long to wait for another execution that is sending the same message. */
const busyTimeoutMs = 45_000;

const busyPollMs = 250;

/**
 * Sends a message once: claims it, sends it, records what became of it. What an earlier attempt
 * sent comes back as a duplicate with the first one's message ID; what may have gone out stays
 * unknown unless the user chose otherwise.
 *
 * @param send sends it; called at most once. It throws only where nothing can have gone out
 * @throws KeyConflict when the key belongs to another message
 * @throws StateProblem when the store cannot be used; nothing was sent then
 */
export async function sendOnce(
	intent: EnqueueRequest,
	protection: Protection,
	send: () => Promise<Delivery>,
): Promise<SendOnceResult> {
	const { store, lease, clock } = protection;
	const answer = await claim(intent, protection);
	switch (answer.outcome) {
		case 'claimed':
			return await sendAndSettle(intent.operationId, 'new', protection, send);
		case 'duplicate':
			return asDuplicate(answer.entry);
		case 'conflict':
			throw new KeyConflict(answer.entry);
		case 'busy':
			return asUnknown(answer.entry, busyAdvice);
		case 'unknown': {
			const isOver = clock.now() - answer.entry.updatedAt >= protection.graceMs;
			if (!isOver || protection.onUnknown === 'report') return asUnknown(answer.entry, openAdvice);
			if (protection.onUnknown === 'fail') {
				const closed = await closeAsFailed(answer.entry, protection);
				return closed ?? asUnknown(answer.entry, busyAdvice);
			}
			const [taken] = await store.outbox.start(
				[intent.operationId],
				// Another run may have sent it since, and its grace begins anew then.
				{ unknownSince: answer.entry.updatedAt },
				lease,
				clock.now(),
			);
			return taken === true
				? await sendAndSettle(intent.operationId, 'unknown', protection, send)
				: asUnknown(answer.entry, openAdvice);
		}
	}
}

/** Claims, and waits for a while where another execution is at it. */
async function claim(intent: EnqueueRequest, protection: Protection): Promise<EnqueueAnswer> {
	const { store, lease, clock, signal } = protection;
	const deadline = clock.now() + busyTimeoutMs;
	for (;;) {
		const [answer] = await store.outbox.enqueue([intent], lease, clock.now(), {
			start: true,
			steadySince: clock.steadySince?.(),
		});
		if (answer === undefined) throw new RangeError('The store gave no answer to a claim');
		const mayWait = clock.now() < deadline && signal?.aborted !== true;
		if (answer.outcome !== 'busy' || !mayWait) return answer;
		await clock.sleep(busyPollMs, signal);
	}
}

const busyAdvice = 'Another execution is sending this message at the moment.';

const openAdvice =
	'An earlier attempt may have sent it. A status webhook settles it; Report › Delivery lists what is open.';

function asDuplicate(record: OutboxEntry): Delivery {
	return { ...fromRecord(record), outcome: 'duplicate', error: null };
}

function asUnknown(record: OutboxEntry, advice: string): Delivery {
	const message = record.errorMessage ?? 'What became of this message is not known yet.';
	const error = { code: record.errorCode, class: 'no_answer' as const, message, advice };
	return { ...fromRecord(record), outcome: 'unknown', error };
}

/**
 * Closes a message of which no status has come, as if it had failed. A status may have settled it.
 *
 * @returns null where another execution is sending it, or has done so since it was looked up
 */
export async function closeAsFailed(
	record: OutboxEntry,
	{ store, lease, clock }: Protection,
): Promise<Delivery | null> {
	const { operationId, updatedAt: unknownSince } = record;
	const settlement = { operationId, owner: lease.owner, state: 'failed' as const, unknownSince };
	const [settled] = await store.outbox.complete([settlement], clock.now());
	if (settled?.state === 'sent') return asDuplicate({ ...record, messageId: settled.messageId });
	if (settled?.state !== 'failed') return null;
	const message = 'No status arrived in the grace period; it counts as failed.';
	const advice = 'Run the workflow again to send it.';
	const error = { code: null, class: 'no_answer' as const, message, advice };
	return { ...fromRecord(record), outcome: 'failed', error };
}

function fromRecord(record: OutboxEntry): Omit<Delivery, 'outcome' | 'error'> {
	return {
		messageId: record.messageId,
		phoneNumberId: record.phoneNumberId,
		waId: null,
		userId: null,
		attempts: 0,
		latencyMs: record.latencyMs,
		fbtraceId: record.fbtraceId,
		httpStatus: record.httpStatus,
		token: record.tokenSlot === 'standby' ? 'standby' : 'active',
		cause: null,
	};
}
