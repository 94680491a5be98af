import type { ListenerStore } from '../../store/triggers/listenerStore';
import type { WebhookEvent } from '../../events/webhookEvent';
import { isLiving, mayWant, type KnownListener } from '../listeners/knownListeners';
import { FORWARD_MS } from '../timeouts';
import { SIGNATURE_HEADER } from '../../graph/signature';

/** Names who hands a request on. A request that carries it is not handed on again. */
export const FORWARDED_HEADER = 'x-whatsapp-cloud-handed-on';

/** How long an address may say that nobody listens there until that is believed. */
const GONE_AFTER_MS = 120_000;
/**
 * How long a trigger may take nothing for any other reason until it counts as gone: a host that is
 * down for less loses nothing, since Meta delivers again for days.
 */
const LOST_AFTER_MS = 24 * 3_600_000;
const NOT_FOUND = 404;

/** Posts to a trigger; gives the status, or why there was none. */
export type PostWebhook = (
	url: string,
	request: { headers: Record<string, string>; body: Uint8Array; timeoutMs: number },
) => Promise<{ status: number } | { problem: string }>;

/** A request as Meta signed it. */
export interface SignedRequest {
	body: Uint8Array;
	signature: string;
}

/** Why a request was not taken. */
export interface ForwardFailure {
	problem: string;
	/** Whether the address says that nobody listens there. */
	isNobody: boolean;
}

/** What became of handing over to one listener; no failure where it has taken the request. */
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
 * Hands the signed request to all of them at once. They verify it themselves.
 *
 * @param ownId The listener that was called.
 * @returns what became of each
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

/** @returns why it was not taken, `null` where it was */
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
 * Remembers since when a published listener takes nothing: an address where nobody listens for two
 * minutes is no listener any more, nor is one that fails in other ways for a day. One that takes a
 * webhook before that stays. Whoever was unpublished or published again meanwhile is left alone.
 *
 * @throws StateProblem
 */
export async function recordForwards(
	store: ListenerStore,
	handOvers: readonly Forward[],
	now: number,
): Promise<void> {
	for (const { listener, failure } of handOvers) {
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
 * A published listener has taken a webhook, so that it stays.
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
 * Forgets published listeners whose time is over, so that nobody waits for them any more. They join
 * again when they are published, or when their n8n starts.
 *
 * @param ownId The listener that was called: it is there, whatever others say.
 * @returns those that were forgotten just now, by this process and no other
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
