import type { ListenerStore } from '../../store/triggers/listenerStore';
import type { WebhookEvent } from '../../events/webhookEvent';
import { dayMs } from '../../time/durations';
import { isLiving, mayWant, type KnownListener } from '../listeners/knownListeners';
import { FORWARD_MS } from '../timeouts';
import { SIGNATURE_HEADER } from '../../graph/signature';

/** Names the trigger that forwards a request. A request with this header is not forwarded again. */
export const FORWARDED_HEADER = 'x-whatsapp-cloud-handed-on';

/** How long an address may answer 404 before its trigger counts as gone. */
const GONE_AFTER_MS = 120_000;
/**
 * How long a trigger may fail for any other reason before it counts as gone. A host that is down
 * for less loses nothing, since Meta redelivers for days.
 */
const LOST_AFTER_MS = dayMs;
const NOT_FOUND = 404;

/** Posts to a trigger. Returns the status, or why there was none. */
export type PostWebhook = (
	url: string,
	request: { headers: Record<string, string>; body: Uint8Array; timeoutMs: number },
) => Promise<{ status: number } | { problem: string }>;

/** A request as Meta signed it. */
export interface SignedRequest {
	body: Uint8Array;
	signature: string;
}

/** Why a trigger did not accept a request. */
export interface ForwardFailure {
	problem: string;
	/** Whether the address answered 404: nobody listens there. */
	isNobody: boolean;
}

/** The outcome for one listener; `failure` is null if it accepted the request. */
interface Forward {
	listener: KnownListener;
	failure: ForwardFailure | null;
}

/** Every other listener that may want one of the events. */
export function receiversOf(
	events: readonly WebhookEvent[],
	listeners: readonly KnownListener[],
	ownId: string,
): KnownListener[] {
	return listeners.filter(
		(listener) => listener.listenerId !== ownId && events.some((event) => mayWant(listener, event)),
	);
}

/**
 * Forwards the signed request to all receivers at once. They verify it themselves.
 *
 * @param ownId The listener that was called.
 * @returns the outcome for each
 */
export async function forwardToAll(
	post: PostWebhook,
	request: SignedRequest,
	receivers: readonly KnownListener[],
	ownId: string,
): Promise<Forward[]> {
	return await Promise.all(
		receivers.map(async (listener) => ({
			listener,
			failure: await forwardTo(post, request, listener.address, ownId),
		})),
	);
}

/** @returns why it was not accepted; `null` if it was */
export async function forwardTo(
	post: PostWebhook,
	{ body, signature }: SignedRequest,
	url: string,
	ownId: string,
): Promise<ForwardFailure | null> {
	const headers = {
		'content-type': 'application/json',
		[SIGNATURE_HEADER]: signature,
		[FORWARDED_HEADER]: ownId,
	};
	const answer = await post(url, { headers, body, timeoutMs: FORWARD_MS });
	if ('problem' in answer) return { problem: answer.problem, isNobody: false };
	const { status } = answer;
	if (status === 200) return null;
	return { problem: `${url} answered with ${status}`, isNobody: status === NOT_FOUND };
}

/**
 * Keeps track of how long a published listener has been failing. One whose address answers 404 for
 * two minutes counts as gone, and so does one that fails in other ways for a day. One that accepts
 * a webhook before that stays. One that was unpublished or published again meanwhile is left alone.
 *
 * @throws StateProblem
 */
export async function recordForwards(
	store: ListenerStore,
	forwards: readonly Forward[],
	now: number,
): Promise<void> {
	for (const { listener, failure } of forwards) {
		if (listener.isTest) continue;
		if (failure === null) {
			await keepListening(store, listener, now);
			continue;
		}
		const goneAt = now + (failure.isNobody ? GONE_AFTER_MS : LOST_AFTER_MS);
		if (listener.leaseUntil !== null && listener.leaseUntil <= goneAt) continue;
		await store.lease([listener], goneAt, now);
	}
}

/**
 * Keeps a published listener that has accepted a webhook.
 *
 * @throws StateProblem
 */
export async function keepListening(
	store: ListenerStore,
	listener: KnownListener,
	now: number,
): Promise<void> {
	if (listener.isTest || listener.leaseUntil === null) return;
	await store.lease([listener], null, now);
}

/**
 * Removes published listeners that count as gone, so that nobody waits for them. They join again
 * when they are published or their n8n starts.
 *
 * @param ownId The listener that was called: it is alive, whatever others say.
 * @returns those that this call removed, and no other process did
 * @throws StateProblem
 */
export async function forgetLost(
	store: ListenerStore,
	listeners: readonly KnownListener[],
	ownId: string,
	now: number,
): Promise<KnownListener[]> {
	const lost = listeners.filter(
		(listener) => listener.listenerId !== ownId && !listener.isTest && !isLiving(listener, now),
	);
	if (lost.length === 0) return [];
	const wereThere = await store.removeUnchanged(lost);
	return lost.filter((_, index) => wereThere[index]);
}
