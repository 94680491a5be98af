import type {
	CapCount,
	CappedStartAnswer,
	Completion,
	CompletionAnswer,
	Lease,
	UnknownSince,
} from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { SendResult } from '../attempt/outcome';
import type { Clock } from '../../time/clock';

/** What keeps a run's messages from going out twice. */
export interface Protection {
	store: Store;
	lease: Lease;
	clock: Clock;
	/** What to do, after the grace period, with an earlier run's message whose answer was lost. */
	onUnknown: 'report' | 'resend' | 'fail';
	graceMs: number;
	signal: AbortSignal | undefined;
	/** How long an outcome may wait, in milliseconds, for others to share its transaction. */
	outcomeMayWaitMs?: () => number;
	/** The same for a message to be enqueued. */
	enqueuingMayWaitMs?: () => number;
}

/** A send's result, with the store's error if it could not be recorded. */
export type SendOnceResult = SendResult & { stateProblem?: unknown };

/**
 * The state of an entry before it is sent here: `enqueued`, `started` by the same write that
 * enqueued it, or unknown and to be sent again.
 */
type StartedFrom = 'enqueued' | 'started' | UnknownSince;

/** Starts a message; see `OutboxStore.startWithin` for the answers. */
export type Start = (cap?: CapCount | null) => Promise<CappedStartAnswer>;

/** What to do with an entry that definitely did not go out. */
export interface NotSentPolicy {
	/** Cancels an entry that was not started; if omitted, it stays enqueued. */
	cancelsWaiting?: boolean;
	/** Whether a started entry is put back to be sent later. */
	isForLater?: (result: SendResult) => boolean;
}

/**
 * Sends an outbox entry and completes it. It starts the entry right before its request leaves, so a
 * process killed while the message waits for its turn leaves the entry as it was.
 *
 * @param send sends it, calling `start` before each request; anything but `started` means that it
 *   must not go. It throws only if nothing can have gone out
 * @returns null if another execution was faster and nothing was sent here
 */
export async function sendEntry(
	operationId: string,
	from: StartedFrom,
	protection: Protection,
	send: (start: Start) => Promise<SendResult>,
	{ cancelsWaiting = false, isForLater = () => false }: NotSentPolicy = {},
): Promise<SendOnceResult | null> {
	const wasUnknown = typeof from !== 'string';
	const entry: { state: 'waiting' | 'started' | 'lost' } = {
		state: from === 'started' ? 'started' : 'waiting',
	};
	const start: Start = async (cap = null) => {
		if (entry.state !== 'waiting') return entry.state === 'started' ? 'started' : 'taken';
		const stored = wasUnknown ? from : 'recorded';
		const answer = await startNow(operationId, stored, cap, protection);
		// A message over the cap waits as before.
		if (answer !== 'capped') entry.state = answer === 'started' ? 'started' : 'lost';
		return answer;
	};
	const isToCancel = (): boolean =>
		!wasUnknown && (entry.state === 'started' || (entry.state === 'waiting' && cancelsWaiting));

	const result = await send(start).catch(async (error: unknown) => {
		if (isToCancel()) await giveUp(operationId, protection);
		throw error;
	});
	if (entry.state === 'lost') return null;
	const known = asOf(wasUnknown, result);
	// Cancelled while it waited.
	const isLeft = entry.state === 'waiting' && !isToCancel() && known.outcome !== 'blocked';
	if (isLeft) return known;
	return await complete(operationId, protection, known, !wasUnknown && isForLater(result));
}

async function startNow(
	operationId: string,
	from: 'recorded' | UnknownSince,
	cap: CapCount | null,
	{ store, lease, clock }: Protection,
): Promise<CappedStartAnswer> {
	if (cap === null) {
		const [isOurs] = await store.outbox.start([operationId], from, lease, clock.now());
		return isOurs === true ? 'started' : 'taken';
	}
	const capped = { ...cap, operationId, from };
	const [answer = 'taken'] = await store.outbox.startWithin([capped], lease, clock.now());
	return answer;
}

/** A message that did not go out this time may have gone out before. */
function asOf(wasUnknown: boolean, result: SendResult): SendResult {
	const isNotSent = ['failed', 'cancelled', 'blocked'].includes(result.outcome);
	return wasUnknown && isNotSent ? { ...result, outcome: 'unknown' } : result;
}

/**
 * Cancels a message that did not go out, for instance because the store gave no slot. If the store
 * cannot record that either, the entry stays as it is: enqueued, or `unknown` when the lease ends.
 */
async function giveUp(operationId: string, { store, lease, clock }: Protection): Promise<void> {
	const completion = { operationId, owner: lease.owner, state: 'cancelled' as const };
	await store.outbox.complete([completion], clock.now()).catch(() => undefined);
}

/** What a send's result means if the store knows more about the message than this run does. */
function inLightOf(
	{ applied, state, messageId }: CompletionAnswer,
	result: SendResult,
): SendResult {
	const { outcome } = result;
	if (state === 'sent' && outcome !== 'sent') {
		// Its status arrived before the answer did, or another execution has sent it.
		const known = outcome === 'unknown' ? 'sent' : 'duplicate';
		return { ...result, outcome: known, messageId, error: null, cause: null };
	}
	// Another execution has reclaimed it and may have sent it.
	const isOthers = !applied && (state === 'sending' || state === 'unknown');
	return isOthers && outcome !== 'sent' ? { ...result, outcome: 'unknown' } : result;
}

/**
 * What the outbox keeps about a message's result.
 *
 * @param isPutBack it definitely did not go out and stays enqueued to be sent later
 */
export function completionOf(
	operationId: string,
	{ owner }: Lease,
	result: SendResult,
	isPutBack = false,
): Completion {
	const { error, outcome, blocked } = result;
	const state = outcome === 'duplicate' ? 'sent' : outcome;
	return {
		operationId,
		owner,
		state: isPutBack ? 'recorded' : state,
		messageId: result.messageId,
		text: result.keptText ?? null,
		attempts: result.attempts,
		errorCode: error?.code ?? null,
		errorClass: error?.class ?? blocked?.rule ?? null,
		errorMessage: error?.message ?? blocked?.reason ?? null,
		retryAt: blocked?.resumableFrom ?? null,
		httpStatus: result.httpStatus,
		fbtraceId: result.fbtraceId,
		latencyMs: result.latencyMs,
		tokenSlot: result.token,
	};
}

async function complete(
	operationId: string,
	{ store, lease, clock, outcomeMayWaitMs = () => 0 }: Protection,
	result: SendResult,
	isPutBack: boolean,
): Promise<SendOnceResult> {
	const completion = completionOf(operationId, lease, result, isPutBack);
	try {
		const mayWaitMs = outcomeMayWaitMs();
		const [answer] = await store.outbox.complete([completion], clock.now(), { mayWaitMs });
		return answer === undefined ? result : inLightOf(answer, result);
	} catch (stateProblem) {
		// The message is out, so its ID must survive a database failure. The entry stays started, so
		// that no other run sends it again; a status webhook completes it.
		return { ...result, stateProblem };
	}
}
