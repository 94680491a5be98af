import type { SeenEventStore } from '../../store/seenEvents/seenEventStore';
import { reasonOf } from '../../values/unknown';
import type { FilterName } from '../settings/eventChoice';
import { claimEvents, onAnswer, type AnswerSignal, type Claim } from '../deduplication/claims';
import type { WebhookEvent } from '../../events/webhookEvent';
import { holdClaim } from '../deduplication/heldClaim';
import {
	forwardToAll,
	forwardTo,
	recordForwards,
	receiversOf,
	type ForwardFailure,
	type SignedRequest,
} from '../sharing/forward';
import type { InboxSetting } from './inboxSetting';
import { claimScope, type KnownListener } from '../listeners/knownListeners';
import { settledStandingsOf, standingsOf } from '../sharing/standing';
import { type RequestCounters } from '../counters/requestCounters';
import { counterNames } from '../counters/counterNames';

/**
 * A webhook whose updates are in the store: only now may it be forwarded and its events claimed.
 * Created by `Inbox.record`.
 */
export class RecordedWebhook {
	private readonly setting: InboxSetting;
	private readonly events: readonly WebhookEvent[];
	/** All of the app's triggers, including this one. */
	private readonly listeners: readonly KnownListener[];
	private readonly counts: RequestCounters;

	constructor(
		setting: InboxSetting,
		events: readonly WebhookEvent[],
		listeners: readonly KnownListener[],
		counts: RequestCounters,
	) {
		this.setting = setting;
		this.events = events;
		this.listeners = listeners;
		this.counts = counts;
	}

	/**
	 * Forwards the request to the app's other triggers. One that has handled all of it, or is
	 * handling it from an earlier delivery, does not get it again. If one fails, Meta has to deliver
	 * again, so this trigger handles its own part through a request to itself. Test runs are not
	 * awaited, since one can end at any moment.
	 *
	 * @returns what went wrong; empty if all have it
	 * @throws StateProblem
	 */
	async share(request: SignedRequest): Promise<string[]> {
		const { store, post, listenerId, ownUrl, clock } = this.setting;
		if (store === null) return [];
		const receivers = receiversOf(this.events, this.listeners, listenerId);
		const published = receivers.filter(({ isTest }) => !isTest);
		void this.shareWithTests(
			request,
			receivers.filter(({ isTest }) => isTest),
		);
		const before = await settledStandingsOf(store.seenEvents, published, this.events, clock);
		const forwards = await forwardToAll(
			post,
			request,
			published.filter((_, index) => before[index] === 'open'),
			listenerId,
		);
		// One that is slow to answer may have handled it anyway.
		const unclear = forwards.filter(({ failure }) => failure !== null);
		const after = await standingsOf(
			store.seenEvents,
			unclear.map(({ listener }) => listener),
			this.events,
			clock.now(),
		);
		const failed = unclear.filter((_, index) => after[index] === 'open');
		const taken = forwards.filter((each) => !failed.includes(each));
		await recordForwards(
			store.listeners,
			[...failed, ...taken.map(({ listener }) => ({ listener, failure: null }))],
			clock.now(),
		);
		const slow = [
			...published.filter((_, index) => before[index] === 'underWay'),
			...unclear.flatMap(({ listener }, index) => (after[index] === 'underWay' ? listener : [])),
		];
		const problems = [
			...failed.flatMap(({ listener, failure }) =>
				failure === null ? [] : this.reportFailure(listener, failure),
			),
			...slow.map((listener) => this.describeSlow(listener)),
		];
		if (problems.length > 0 && ownUrl !== null && (await this.isOwnPartOpen(store.seenEvents))) {
			const failure = await forwardTo(post, request, ownUrl, listenerId);
			if (failure !== null) problems.push(`forwarding to itself failed: ${failure.problem}`);
		}
		if (problems.length > 0) this.counts.flush();
		return problems;
	}

	/** Whether there is an event this trigger may want and has not started to handle. */
	private async isOwnPartOpen(store: SeenEventStore): Promise<boolean> {
		const { listenerId, clock } = this.setting;
		const own = this.listeners.find((listener) => listener.listenerId === listenerId);
		if (own === undefined) return true;
		const [standing] = await standingsOf(store, [own], this.events, clock.now());
		return standing === 'open';
	}

	/** Never fails, since nobody awaits it. */
	private async shareWithTests(
		request: SignedRequest,
		tests: readonly KnownListener[],
	): Promise<void> {
		const { post, listenerId, log } = this.setting;
		try {
			const forwards = await forwardToAll(post, request, tests, listenerId);
			const failed = forwards.flatMap(({ listener, failure }) =>
				failure === null ? [] : this.reportFailure(listener, failure),
			);
			if (failed.length > 0) this.counts.flush();
		} catch (error) {
			log('error', `forwarding to test runs failed: ${reasonOf(error)}`);
		}
	}

	/**
	 * It has claimed the events but not confirmed them: not a failure, but Meta cannot get its 200
	 * yet.
	 */
	private describeSlow({ isTest, nodeName, workflowId }: KnownListener): string {
		const name = `${isTest ? 'test run' : 'trigger'} "${nodeName}"`;
		return `the ${name} of workflow ${workflowId} is handling it and has not answered yet`;
	}

	/** Logs and counts a failure. @returns the same in words */
	private reportFailure(listener: KnownListener, { problem }: ForwardFailure): string {
		const name = `${listener.isTest ? 'test run' : 'trigger'} "${listener.nodeName}"`;
		const line = `forwarding to the ${name} of workflow ${listener.workflowId} failed: ${problem}`;
		this.setting.log('error', line);
		this.counts.add(`${counterNames.forwardFailed}${listener.listenerId}`, 1, problem);
		return line;
	}

	/**
	 * Claims the events that this trigger has not handled yet.
	 *
	 * @param filtered How many other events each filter has kept out.
	 * @throws StateProblem
	 */
	async claim(
		chosen: readonly WebhookEvent[],
		filtered: ReadonlyMap<FilterName, number>,
	): Promise<Claim> {
		const { store, clock, listenerId } = this.setting;
		if (store === null) {
			return { outcome: 'claimed', events: [...chosen], keys: [], repeated: 0, claimId: '' };
		}
		for (const [filter, count] of filtered) {
			this.counts.add(`${counterNames.filtered}${listenerId}:${filter}`, count, null);
		}
		const claim = await claimEvents(store.seenEvents, this.claimer(), chosen, clock);
		if (claim.outcome === 'claimed') {
			this.counts.add(`${counterNames.repeated}${listenerId}`, claim.repeated, null);
		}
		if (claim.outcome === 'busy' || claim.events.length === 0) this.counts.flush();
		return claim;
	}

	/**
	 * Holds the claim while the answer is pending. Confirms it once the host has answered 200, and
	 * releases it after any other answer.
	 */
	completeWhenAnswered(
		response: AnswerSignal,
		{ keys, claimId }: { keys: readonly string[]; claimId: string },
	): void {
		const { store, listenerId, clock, log } = this.setting;
		if (store === null) return;
		const claim = { keys, claimId };
		const held = holdClaim(store.seenEvents, this.claimer(), claim, clock, (error) =>
			log('warn', `a claim cannot be renewed: ${reasonOf(error)}`),
		);
		const complete = async (is200: boolean): Promise<void> => {
			try {
				// Confirming is final, so it need not wait for a renewal in progress.
				if (is200) await store.seenEvents.confirm(this.claimer(), keys, clock.now());
			} finally {
				await held.stop();
			}
			if (!is200) await store.seenEvents.release(this.claimer(), keys, claimId);
		};
		onAnswer(response, (is200) => {
			complete(is200).catch((error: unknown) =>
				log('error', `claims cannot be completed: ${reasonOf(error)}`),
			);
			if (is200) this.counts.add(`${counterNames.started}${listenerId}`, keys.length, null);
			this.counts.flush();
		});
	}

	private claimer(): string {
		const { listenerId } = this.setting;
		const own = this.listeners.find((listener) => listener.listenerId === listenerId);
		return claimScope(listenerId, own);
	}
}
