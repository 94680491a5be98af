import type { Lease } from '../state/operations/operation';
import type { Store } from '../state/store';
import type { Delivery } from './outcome';
import type { Clock } from './pacer';

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
 * Sends what this process holds, and records what became of it.
 *
 * @param send throws only where nothing can have gone out
 */
export async function sendAndSettle(
	operationId: string,
	protection: Protection,
	send: () => Promise<Delivery>,
): Promise<SendOnceResult> {
	const delivery = await send().catch(async (error: unknown) => {
		await giveUp(operationId, protection);
		throw error;
	});
	return await settle(operationId, protection, delivery);
}

/**
 * Sends a message that the store has recorded. It is taken right before its request leaves, so that
 * a process that is killed while the message waits for its turn leaves it recorded, to be resumed.
 *
 * @param send sends it, and asks `begin` before each request; false: it is another's now
 * @returns null where another execution was faster, and nothing was sent here
 */
export async function sendRecorded(
	operationId: string,
	protection: Protection,
	send: (begin: () => Promise<boolean>) => Promise<Delivery>,
): Promise<SendOnceResult | null> {
	const { store, lease, clock } = protection;
	let state: 'recorded' | 'begun' | 'lost' = 'recorded';
	const begin = async (): Promise<boolean> => {
		if (state === 'recorded') {
			const [taken] = await store.operations.take([operationId], 'recorded', lease, clock.now());
			state = taken === true ? 'begun' : 'lost';
		}
		return state === 'begun';
	};
	const stands = (): typeof state => state;

	const delivery = await send(begin).catch(async (error: unknown) => {
		if (stands() === 'begun') await giveUp(operationId, protection);
		throw error;
	});
	switch (stands()) {
		case 'lost':
			return null;
		case 'recorded':
			// Cancelled while it waited; it is not this run alone that may send it.
			return delivery;
		case 'begun':
			return await settle(operationId, protection, delivery);
	}
}

/**
 * The message did not go out, for a reason such as a store that cannot give a slot. Where it cannot
 * take this either, the message becomes `unknown` when the lease ends.
 */
async function giveUp(operationId: string, { store, lease, clock }: Protection): Promise<void> {
	const settlement = { operationId, owner: lease.owner, state: 'cancelled' as const };
	await store.operations.settle([settlement], clock.now()).catch(() => undefined);
}

async function settle(
	operationId: string,
	{ store, lease, clock }: Protection,
	delivery: Delivery,
): Promise<SendOnceResult> {
	const { error, outcome } = delivery;
	const settlement = {
		operationId,
		owner: lease.owner,
		state: outcome === 'duplicate' ? ('sent' as const) : outcome,
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
		const [settled] = await store.operations.settle([settlement], clock.now());
		const isProven = outcome === 'unknown' && settled?.state === 'sent';
		if (!isProven) return delivery;
		// Its status came while the answer was waited for.
		const { messageId } = settled;
		return { ...delivery, outcome: 'sent', messageId, error: null, cause: null };
	} catch (stateProblem) {
		// The message is out: its ID must not be lost with the database. The claim stays, so that no
		// other run sends it again; a status webhook settles it.
		return { ...delivery, stateProblem };
	}
}
