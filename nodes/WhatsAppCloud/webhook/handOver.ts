import type { Listener, ListenerStore } from '../state/inbound/listener';
import { mayWant, type KnownListener } from './listeners';
import type { WebhookEvent } from './events';
import { SIGNATURE_HEADER } from './verify';

/** Names who hands a request on. A request that carries it is not handed on again. */
export const HANDED_ON_HEADER = 'x-whatsapp-cloud-handed-on';

const TIMEOUT_MS = 10_000;
/** How long an address may say that nobody listens there until that is believed. */
const GONE_AFTER_MS = 120_000;
const NOT_FOUND = 404;

/** Posts to a trigger; gives the status, or why there was none. */
export type PostWebhook = (
	url: string,
	request: { headers: Record<string, string>; body: Uint8Array; timeoutMs: number },
) => Promise<{ status: number } | { problem: string }>;

/** A request as Meta signed it. */
export type SignedRequest = { body: Uint8Array; signature: string };

/** What became of handing over to one listener. */
type HandOver = { listener: KnownListener; problem: string | null };

/**
 * Hands the signed request to every other listener that may want one of its events, to all at
 * once. They verify it themselves.
 *
 * @param ownId The listener that was called.
 * @returns what became of each
 */
export async function handOn(
	post: PostWebhook,
	request: SignedRequest,
	events: readonly WebhookEvent[],
	listeners: readonly KnownListener[],
	ownId: string,
): Promise<HandOver[]> {
	const others = listeners.filter(
		(listener) => listener.listenerId !== ownId && events.some((event) => mayWant(listener, event)),
	);
	return await Promise.all(
		others.map(async (listener) => ({
			listener,
			problem: await handTo(post, request, listener.address, ownId),
		})),
	);
}

/** @returns why it was not taken, `null` where it was */
export async function handTo(
	post: PostWebhook,
	{ body, signature }: SignedRequest,
	url: string,
	ownId: string,
): Promise<string | null> {
	const headers = {
		'content-type': 'application/json',
		[SIGNATURE_HEADER]: signature,
		[HANDED_ON_HEADER]: ownId,
	};
	const answer = await post(url, { headers, body, timeoutMs: TIMEOUT_MS });
	if ('problem' in answer) return answer.problem;
	return answer.status === 200 ? null : `${url} answered with ${answer.status}`;
}

/**
 * Remembers which listeners have gone without a word: an address where nobody listens for two
 * minutes is no listener any more. One that answers again is one.
 *
 * @throws StateProblem
 */
export async function noteHandOvers(
	store: ListenerStore,
	handOvers: readonly HandOver[],
	now: number,
): Promise<void> {
	for (const { listener, problem } of handOvers) {
		if (listener.isTest) continue;
		const isGone = problem?.endsWith(` answered with ${NOT_FOUND}`) === true;
		if (isGone && listener.leaseUntil === null) {
			await store.renew([listener.listenerId], now + GONE_AFTER_MS, now);
		} else if (problem === null && listener.leaseUntil !== null) {
			await store.register({ ...(listener satisfies Listener), leaseUntil: null }, now);
		}
	}
}
