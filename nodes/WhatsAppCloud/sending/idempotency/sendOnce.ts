import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import type { CapCount, EnqueueAnswer, EnqueueRequest } from '../../store/outbox/outboxStore';
import { FieldProblem } from '../../values/problem';
import type { SendResult } from '../attempt/outcome';
import {
	sendEntry,
	type NotSentPolicy,
	type Protection,
	type SendOnceResult,
	type Start,
} from './sendEntry';

/** The same key was used for another message. */
export class KeyConflict extends FieldProblem {
	override name = 'KeyConflict';

	/** @param holder the message that holds the key */
	constructor(holder: { messageId?: string | null; phoneNumberId: string }) {
		const { messageId = null, phoneNumberId } = holder;
		const known =
			messageId === null ? '' : ` It belongs to ${messageId}, sent by ${phoneNumberId}.`;
		super(
			'Options › Send Only Once › Idempotency Key',
			'was used for another message',
			`A key cannot be used again with other content or another recipient.${known} Use a key that names this message alone.`,
		);
	}
}

/** How long to wait for another execution that is sending the same message. */
const busyTimeoutMs = 45_000;

const busyPollMs = 250;

/** How far along a message is before it is sent, and how it goes out. */
interface SendPlan {
	/** This run has already enqueued it. */
	isEnqueued?: boolean;
	/** It need not wait: one write enqueues and starts it. */
	leavesAtOnce?: boolean;
	/** What the same write counts, if it leaves at once; null: nothing. */
	cap?: CapCount | null;
}

/**
 * Sends a message once: enqueues it, starts it right before its request leaves, sends it and
 * records the outcome. If an earlier attempt sent it, the result is a duplicate with that attempt's
 * message ID. If it may have gone out, it stays unknown unless the user chose otherwise.
 *
 * @param send as for `sendEntry`
 * @throws KeyConflict when the key belongs to another message
 * @throws StateProblem if the store cannot be used; nothing was sent in that case
 */
export async function sendOnce(
	request: EnqueueRequest,
	protection: Protection,
	send: (start: Start) => Promise<SendResult>,
	{ isEnqueued = false, leavesAtOnce = false, cap = null }: SendPlan = {},
): Promise<SendOnceResult> {
	const { operationId } = request;
	if (isEnqueued) {
		const sent = await sendEntry(operationId, 'enqueued', protection, send, ownEntry);
		if (sent !== null) return sent;
	}
	let startsAtOnce = leavesAtOnce;
	for (;;) {
		const answer = await enqueue(request, { start: startsAtOnce, cap }, protection);
		switch (answer.outcome) {
			case 'capped':
				// `send` finds it over the cap, unless it went before, which its entry says.
				startsAtOnce = false;
				break;
			case 'claimed': {
				const from = startsAtOnce ? 'started' : 'enqueued';
				const sent = await sendEntry(operationId, from, protection, send, ownEntry);
				if (sent !== null) return sent;
				// It was reclaimed while this process stalled; its entry says what became of it.
				break;
			}
			case 'duplicate':
				return asDuplicate(answer.entry);
			case 'conflict':
				throw new KeyConflict(answer.entry);
			case 'busy':
				return asUnknown(answer.entry, busyAdvice);
			case 'unknown':
				return await handleUnknown(answer.entry, protection, send);
		}
	}
}

/** A run that enqueues a message for itself leaves it to nobody else. */
const ownEntry: NotSentPolicy = { cancelsWaiting: true };

/** Handles an unknown message as the user chose, once its grace period is over. */
async function handleUnknown(
	entry: OutboxEntry,
	protection: Protection,
	send: (start: Start) => Promise<SendResult>,
): Promise<SendOnceResult> {
	const { operationId, updatedAt: unknownSince } = entry;
	const { clock, graceMs, onUnknown } = protection;
	const isOver = clock.now() - unknownSince >= graceMs;
	if (!isOver || onUnknown === 'report') return asUnknown(entry, openAdvice);
	if (onUnknown === 'fail') {
		return (await closeAsFailed(entry, protection)) ?? asUnknown(entry, busyAdvice);
	}
	// Another run may have sent it since; then its grace period starts again.
	const sent = await sendEntry(operationId, { unknownSince }, protection, send);
	return sent ?? asUnknown(entry, openAdvice);
}

/** Enqueues it, and waits a while if another execution is sending it. */
async function enqueue(
	request: EnqueueRequest,
	{ start, cap }: { start: boolean; cap: CapCount | null },
	{ store, lease, clock, signal, enqueuingMayWaitMs = () => 0 }: Protection,
): Promise<EnqueueAnswer | { outcome: 'capped' }> {
	const deadline = clock.now() + busyTimeoutMs;
	for (;;) {
		const mayWaitMs = enqueuingMayWaitMs();
		const options = { start, steadySince: clock.steadySince?.(), mayWaitMs };
		const counts = start && cap !== null;
		const answers = counts
			? [await store.outbox.enqueueWithin(request, cap, lease, clock.now(), options)]
			: await store.outbox.enqueue([request], lease, clock.now(), options);
		const answer = answers[0];
		if (answer === undefined) throw new RangeError('The store gave no answer');
		const mayWait = clock.now() < deadline && signal?.aborted !== true;
		if (answer.outcome !== 'busy' || !mayWait) return answer;
		await clock.sleep(busyPollMs, signal);
	}
}

const busyAdvice = 'Another execution is sending this message at the moment.';

const openAdvice =
	'An earlier attempt may have sent it. A status webhook may still tell; Report › Delivery lists the messages with an unknown outcome.';

function asDuplicate(entry: OutboxEntry): SendResult {
	return { ...fromEntry(entry), outcome: 'duplicate', error: null };
}

function asUnknown(entry: OutboxEntry, advice: string): SendResult {
	const message = entry.errorMessage ?? 'What became of this message is not known yet.';
	const error = { code: entry.errorCode, class: 'no_answer' as const, message, advice };
	return { ...fromEntry(entry), outcome: 'unknown', error };
}

/**
 * Marks a message as failed because no status arrived for it. If one has completed it by now, that
 * counts.
 *
 * @returns null if another execution is sending it, or has sent it since it was looked up
 */
export async function closeAsFailed(
	entry: OutboxEntry,
	{ store, lease, clock }: Protection,
): Promise<SendResult | null> {
	const { operationId, updatedAt: unknownSince } = entry;
	const completion = { operationId, owner: lease.owner, state: 'failed' as const, unknownSince };
	const [answer] = await store.outbox.complete([completion], clock.now());
	if (answer?.state === 'sent') return asDuplicate({ ...entry, messageId: answer.messageId });
	if (answer?.state !== 'failed') return null;
	const message = 'No status arrived in the grace period; it counts as failed.';
	const advice = 'Run the workflow again to send it.';
	const error = { code: null, class: 'no_answer' as const, message, advice };
	return { ...fromEntry(entry), outcome: 'failed', error };
}

function fromEntry(entry: OutboxEntry): Omit<SendResult, 'outcome' | 'error'> {
	return {
		messageId: entry.messageId,
		phoneNumberId: entry.phoneNumberId,
		waId: null,
		userId: null,
		attempts: 0,
		latencyMs: entry.latencyMs,
		fbtraceId: entry.fbtraceId,
		httpStatus: entry.httpStatus,
		token: entry.tokenSlot === 'standby' ? 'standby' : 'active',
		cause: null,
	};
}
