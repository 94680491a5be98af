import type {
	Completion,
	CompletionAnswer,
	Lease,
	UnknownSince,
} from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Delivery } from '../attempt/outcome';
import type { Clock } from '../../time/clock';

/** What protects the messages of a run from going out twice. */
export interface Protection {
	store: Store;
	lease: Lease;
	clock: Clock;
	/** What to do with a message of an earlier run whose answer was lost, after the grace period. */
	onUnknown: 'report' | 'resend' | 'fail';
	graceMs: number;
	signal: AbortSignal | undefined;
}

/** A delivery; with the trouble of the store where it could not be recorded. */
export type SendOnceResult = Delivery & { stateProblem?: unknown };

/**
 * How an entry stands before it is sent here: `enqueued`, `started` by the very write that enqueued
 * it, or unknown and to be sent again.
 */
export type EntryState = 'enqueued' | 'started' | UnknownSince;

/** What becomes of an entry that surely did not go out. */
export interface NotSentPolicy {
	/** An entry that was not started is cancelled; left out: it stays enqueued. */
	cancelsWaiting?: boolean;
	/** Whether one that was started is put back, to be sent later. */
	isForLater?: (delivery: Delivery) => boolean;
}

/**
 * Sends an entry of the outbox and completes it. It is started right before its request leaves, so
 * that a process that is killed while the message waits for its turn leaves it as it was.
 *
 * @param send sends it, and asks `start` before each request; false: another run has it now. It
 *   throws only where nothing can have gone out
 * @returns null where another execution was faster, and nothing was sent here
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
	return await settle(operationId, protection, result, !wasUnknown && isForLater(delivery));
}

/** What surely did not go out now may have gone out before. */
function asOf(wasUnknown: boolean, delivery: Delivery): Delivery {
	const isNotSent = delivery.outcome === 'failed' || delivery.outcome === 'cancelled';
	return wasUnknown && isNotSent ? { ...delivery, outcome: 'unknown' } : delivery;
}

/**
 * The message did not go out, for a reason such as a store that cannot give a slot. Where it cannot
 * take this either, it stays as it is: enqueued, or `unknown` when the lease ends.
 */
async function giveUp(operationId: string, { store, lease, clock }: Protection): Promise<void> {
	const settlement = { operationId, owner: lease.owner, state: 'cancelled' as const };
	await store.outbox.complete([settlement], clock.now()).catch(() => undefined);
}

/** What a delivery means where the store knows more of the message than this run does. */
function inLightOf({ applied, state, messageId }: CompletionAnswer, delivery: Delivery): Delivery {
	const { outcome } = delivery;
	if (state === 'sent' && outcome !== 'sent') {
		// Its status came while the answer was waited for, or another execution has sent it.
		const told = outcome === 'unknown' ? 'sent' : 'duplicate';
		return { ...delivery, outcome: told, messageId, error: null, cause: null };
	}
	// Another execution has taken it over, and may have sent it.
	const isOthers = !applied && (state === 'sending' || state === 'unknown');
	return isOthers && outcome !== 'sent' ? { ...delivery, outcome: 'unknown' } : delivery;
}

/**
 * What the outbox keeps of a delivery.
 *
 * @param isGivenBack it surely did not go out, and stays enqueued to be sent later
 */
export function completionOf(
	operationId: string,
	{ owner }: Lease,
	delivery: Delivery,
	isGivenBack = false,
): Completion {
	const { error, outcome } = delivery;
	const state = outcome === 'duplicate' ? 'sent' : outcome;
	return {
		operationId,
		owner,
		state: isGivenBack ? 'recorded' : state,
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

async function settle(
	operationId: string,
	{ store, lease, clock }: Protection,
	delivery: Delivery,
	isGivenBack: boolean,
): Promise<SendOnceResult> {
	const completion = completionOf(operationId, lease, delivery, isGivenBack);
	try {
		const [settled] = await store.outbox.complete([completion], clock.now());
		return settled === undefined ? delivery : inLightOf(settled, delivery);
	} catch (stateProblem) {
		// The message is out: its ID must not be lost with the database. The claim stays, so that no
		// other run sends it again; a status webhook settles it.
		return { ...delivery, stateProblem };
	}
}
