import type { Lease, CompletionAnswer, UnknownSince } from '../../store/outbox/outboxStore';
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

/** What the store said of a message before it was taken. */
type Before = 'new' | 'recorded' | 'unknown';

/**
 * Sends what this process holds, and records what became of it.
 *
 * @param before `unknown`: an earlier attempt may have gone out, so that it stays unknown unless it
 * is sent now
 * @param send throws only where nothing can have gone out
 */
export async function sendAndSettle(
	operationId: string,
	before: Before,
	protection: Protection,
	send: () => Promise<Delivery>,
): Promise<SendOnceResult> {
	const delivery = await send().catch(async (error: unknown) => {
		if (before !== 'unknown') await giveUp(operationId, protection);
		throw error;
	});
	return await settle(operationId, protection, asOf(before, delivery));
}

/**
 * Sends a message that the store has recorded, or one that is unknown and may be sent again. It is
 * taken right before its request leaves, so that a process that is killed while the message waits
 * for its turn leaves it as it was.
 *
 * @param send sends it, and asks `begin` before each request; false: it is another's now
 * @param isForLater whether a recorded message that did not go out is given back, to be sent later
 * @returns null where another execution was faster, and nothing was sent here
 */
export async function sendRecorded(
	operationId: string,
	from: 'recorded' | UnknownSince,
	protection: Protection,
	send: (begin: () => Promise<boolean>) => Promise<Delivery>,
	isForLater: (delivery: Delivery) => boolean = () => false,
): Promise<SendOnceResult | null> {
	const { store, lease, clock } = protection;
	const before = from === 'recorded' ? 'recorded' : 'unknown';
	let state: 'waiting' | 'begun' | 'lost' = 'waiting';
	const begin = async (): Promise<boolean> => {
		if (state === 'waiting') {
			const [taken] = await store.outbox.start([operationId], from, lease, clock.now());
			state = taken === true ? 'begun' : 'lost';
		}
		return state === 'begun';
	};
	const stands = (): typeof state => state;

	const delivery = await send(begin).catch(async (error: unknown) => {
		if (stands() === 'begun' && before === 'recorded') await giveUp(operationId, protection);
		throw error;
	});
	switch (stands()) {
		case 'lost':
			return null;
		case 'waiting':
			// Cancelled while it waited; it is not this run alone that may send it.
			return asOf(before, delivery);
		case 'begun': {
			const isGivenBack = before === 'recorded' && isForLater(delivery);
			return await settle(operationId, protection, asOf(before, delivery), isGivenBack);
		}
	}
}

/** What surely did not go out now may have gone out before. */
function asOf(before: Before, delivery: Delivery): Delivery {
	const isNotSent = delivery.outcome === 'failed' || delivery.outcome === 'cancelled';
	return before === 'unknown' && isNotSent ? { ...delivery, outcome: 'unknown' } : delivery;
}

/**
 * The message did not go out, for a reason such as a store that cannot give a slot. Where it cannot
 * take this either, the message becomes `unknown` when the lease ends.
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

async function settle(
	operationId: string,
	{ store, lease, clock }: Protection,
	delivery: Delivery,
	isGivenBack = false,
): Promise<SendOnceResult> {
	const { error, outcome } = delivery;
	const state = outcome === 'duplicate' ? 'sent' : outcome;
	const settlement = {
		operationId,
		owner: lease.owner,
		state: isGivenBack ? ('recorded' as const) : state,
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
	try {
		const [settled] = await store.outbox.complete([settlement], clock.now());
		return settled === undefined ? delivery : inLightOf(settled, delivery);
	} catch (stateProblem) {
		// The message is out: its ID must not be lost with the database. The claim stays, so that no
		// other run sends it again; a status webhook settles it.
		return { ...delivery, stateProblem };
	}
}
