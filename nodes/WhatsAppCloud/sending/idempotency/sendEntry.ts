import type {
	Completion,
	CompletionAnswer,
	Lease,
	UnknownSince,
} from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Delivery } from '../attempt/outcome';
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
}

/** A delivery, with the store's error if it could not be recorded. */
export type SendOnceResult = Delivery & { stateProblem?: unknown };

/**
 * The state of an entry before it is sent here: `enqueued`, `started` by the same write that
 * enqueued it, or unknown and to be sent again.
 */
export type EntryState = 'enqueued' | 'started' | UnknownSince;

/** What to do with an entry that definitely did not go out. */
export interface NotSentPolicy {
	/** Cancels an entry that was not started; if omitted, it stays enqueued. */
	cancelsWaiting?: boolean;
	/** Whether a started entry is put back to be sent later. */
	isForLater?: (delivery: Delivery) => boolean;
}

/**
 * Sends an outbox entry and completes it. It starts the entry right before its request leaves, so a
 * process killed while the message waits for its turn leaves the entry as it was.
 *
 * @param send sends it, calling `start` before each request; false means another run has it now. It
 *   throws only if nothing can have gone out
 * @returns null if another execution was faster and nothing was sent here
 */
export async function sendEntry(
	operationId: string,
	from: EntryState,
	protection: Protection,
	send: (start: () => Promise<boolean>) => Promise<Delivery>,
	{ cancelsWaiting = false, isForLater = () => false }: NotSentPolicy = {},
): Promise<SendOnceResult | null> {
	const { store, lease, clock } = protection;
	const wasUnknown = typeof from !== 'string';
	let state: 'waiting' | 'started' | 'lost' = from === 'started' ? 'started' : 'waiting';
	const start = async (): Promise<boolean> => {
		if (state === 'waiting') {
			const stored = wasUnknown ? from : 'recorded';
			const [isOurs] = await store.outbox.start([operationId], stored, lease, clock.now());
			state = isOurs === true ? 'started' : 'lost';
		}
		return state === 'started';
	};
	const stands = (): typeof state => state;
	const isToCancel = (): boolean =>
		!wasUnknown && (stands() === 'started' || (stands() === 'waiting' && cancelsWaiting));

	const delivery = await send(start).catch(async (error: unknown) => {
		if (isToCancel()) await giveUp(operationId, protection);
		throw error;
	});
	if (stands() === 'lost') return null;
	const result = asOf(wasUnknown, delivery);
	// Cancelled while it waited.
	if (stands() === 'waiting' && !isToCancel()) return result;
	return await complete(operationId, protection, result, !wasUnknown && isForLater(delivery));
}

/** A message that did not go out this time may have gone out before. */
function asOf(wasUnknown: boolean, delivery: Delivery): Delivery {
	const isNotSent = delivery.outcome === 'failed' || delivery.outcome === 'cancelled';
	return wasUnknown && isNotSent ? { ...delivery, outcome: 'unknown' } : delivery;
}

/**
 * Cancels a message that did not go out, for instance because the store gave no slot. If the store
 * cannot record that either, the entry stays as it is: enqueued, or `unknown` when the lease ends.
 */
async function giveUp(operationId: string, { store, lease, clock }: Protection): Promise<void> {
	const completion = { operationId, owner: lease.owner, state: 'cancelled' as const };
	await store.outbox.complete([completion], clock.now()).catch(() => undefined);
}

/** What a delivery means if the store knows more about the message than this run does. */
function inLightOf({ applied, state, messageId }: CompletionAnswer, delivery: Delivery): Delivery {
	const { outcome } = delivery;
	if (state === 'sent' && outcome !== 'sent') {
		// Its status arrived before the answer did, or another execution has sent it.
		const known = outcome === 'unknown' ? 'sent' : 'duplicate';
		return { ...delivery, outcome: known, messageId, error: null, cause: null };
	}
	// Another execution has reclaimed it and may have sent it.
	const isOthers = !applied && (state === 'sending' || state === 'unknown');
	return isOthers && outcome !== 'sent' ? { ...delivery, outcome: 'unknown' } : delivery;
}

/**
 * What the outbox keeps about a delivery.
 *
 * @param isPutBack it definitely did not go out and stays enqueued to be sent later
 */
export function completionOf(
	operationId: string,
	{ owner }: Lease,
	delivery: Delivery,
	isPutBack = false,
): Completion {
	const { error, outcome } = delivery;
	const state = outcome === 'duplicate' ? 'sent' : outcome;
	return {
		operationId,
		owner,
		state: isPutBack ? 'recorded' : state,
		messageId: delivery.messageId,
		attempts: delivery.attempts,
		errorCode: error?.code ?? null,
		errorClass: error?.class ?? null,
		errorMessage: error?.message ?? null,
		httpStatus: delivery.httpStatus,
		fbtraceId: delivery.fbtraceId,
		latencyMs: delivery.latencyMs,
		tokenSlot: delivery.token,
	};
}

async function complete(
	operationId: string,
	{ store, lease, clock, outcomeMayWaitMs = () => 0 }: Protection,
	delivery: Delivery,
	isPutBack: boolean,
): Promise<SendOnceResult> {
	const completion = completionOf(operationId, lease, delivery, isPutBack);
	try {
		const mayWaitMs = outcomeMayWaitMs();
		const [answer] = await store.outbox.complete([completion], clock.now(), { mayWaitMs });
		return answer === undefined ? delivery : inLightOf(answer, delivery);
	} catch (stateProblem) {
		// The message is out, so its ID must survive a database failure. The entry stays started, so
		// that no other run sends it again; a status webhook completes it.
		return { ...delivery, stateProblem };
	}
}
