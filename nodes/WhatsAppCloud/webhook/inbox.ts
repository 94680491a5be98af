import type { Account } from '../graph/account';
import type { Store } from '../state/store';
import { reasonOf } from '../values/unknown';
import { claimEvents, onAnswer, type AnswerSignal, type Claim, type ClaimContext } from './claims';
import type { FilterName } from './choose';
import type { WebhookEvent } from './events';
import { handOn, handTo, noteHandOvers, type PostWebhook, type SignedRequest } from './handOver';
import { claimScope, readListeners, type KnownListener, type ListenerScope } from './listeners';
import { recordFacts } from './record';
import { COUNTERS, writeCounts, type Count, type RefusalTally } from './tally';

/** What an inbox needs to know of its trigger and its surroundings. */
type InboxSetting = {
	/** `null` where the state is switched off: nothing is remembered, shared or counted then. */
	store: Store | null;
	account: Account;
	/** Where the triggers of the app find each other. */
	group: string;
	listenerId: string;
	scope: ListenerScope;
	/** Address of the trigger; `null` where the host gives none. */
	ownUrl: string | null;
	post: PostWebhook;
	refusals: RefusalTally;
	clock: ClaimContext;
	log: (level: 'debug' | 'warn' | 'error', message: string) => void;
};

/** The trigger's side of the state, for one request. */
export class Inbox {
	/** Whose webhooks the trigger is registered for. */
	readonly scope: ListenerScope;
	private readonly setting: InboxSetting;
	private readonly counts: Count[] = [];
	private listeners: KnownListener[] = [];

	constructor(setting: InboxSetting) {
		this.setting = setting;
		this.scope = setting.scope;
	}

	/**
	 * Writes down what has to be remembered, whichever events were chosen. Whoever handed the request
	 * on has done so already.
	 *
	 * @throws StateProblem
	 */
	async record(events: readonly WebhookEvent[], isHandedOn: boolean): Promise<void> {
		const { store, account, group, clock } = this.setting;
		if (store === null) return;
		const now = clock.now();
		const [records] = await Promise.all([
			store.listeners.list(group, now),
			isHandedOn ? undefined : recordFacts(store, account, events, now),
		]);
		this.listeners = readListeners(records);
		if (isHandedOn) return;
		const last = events.at(-1);
		const detail = last === undefined ? null : `${last.event} ${last.type}`;
		this.count(COUNTERS.received, events.length, detail);
	}

	/**
	 * Hands the request on to the other triggers of the app. Where one of them fails, this one takes
	 * its own part by a request to itself, since Meta has to be told to deliver again.
	 *
	 * @returns what went wrong; empty where all have it
	 * @throws StateProblem
	 */
	async share(request: SignedRequest, events: readonly WebhookEvent[]): Promise<string[]> {
		const { store, post, listenerId, ownUrl, clock, log } = this.setting;
		if (store === null) return [];
		const handOvers = await handOn(post, request, events, this.listeners, listenerId);
		await noteHandOvers(store.listeners, handOvers, clock.now());
		const problems: string[] = [];
		for (const { listener, problem } of handOvers) {
			if (problem === null) continue;
			const name = `${listener.isTest ? 'test run' : 'trigger'} "${listener.nodeName}"`;
			const told = `handing over to the ${name} of workflow ${listener.workflowId} failed: ${problem}`;
			log('error', told);
			this.count(`${COUNTERS.handOver}${listener.listenerId}`, 1, problem);
			// A test run ends by itself at any moment; nobody else has to wait for it.
			if (!listener.isTest) problems.push(told);
		}
		if (problems.length > 0 && ownUrl !== null) {
			const problem = await handTo(post, request, ownUrl, listenerId);
			if (problem !== null) problems.push(`handing over to itself failed: ${problem}`);
		}
		if (problems.length > 0) this.flush();
		return problems;
	}

	/**
	 * Takes the events that this trigger has not handled yet.
	 *
	 * @throws StateProblem
	 */
	async claim(events: readonly WebhookEvent[]): Promise<Claim> {
		const { store, clock } = this.setting;
		if (store === null) {
			return { outcome: 'claimed', events: [...events], keys: [], repeated: 0 };
		}
		const claim = await claimEvents(store.events, this.claimer(), events, clock);
		if (claim.outcome === 'claimed' && claim.repeated > 0) {
			this.count(`${COUNTERS.repeated}${this.setting.listenerId}`, claim.repeated, null);
		}
		if (claim.outcome === 'busy' || claim.events.length === 0) this.flush();
		return claim;
	}

	/** Confirms the claim once the host has answered 200, and gives it up after any other answer. */
	settleWhenAnswered(response: AnswerSignal, keys: readonly string[]): void {
		const { store, listenerId, clock, log } = this.setting;
		if (store === null) return;
		onAnswer(response, (is200) => {
			const settled = is200
				? store.events.confirm(this.claimer(), keys, clock.now())
				: store.events.release(this.claimer(), keys);
			settled.catch((error: unknown) =>
				log('error', `claims cannot be settled: ${reasonOf(error)}`),
			);
			if (is200) this.count(`${COUNTERS.started}${listenerId}`, keys.length, null);
			this.flush();
		});
	}

	countFiltered(filtered: ReadonlyMap<FilterName, number>): void {
		for (const [filter, count] of filtered) {
			this.count(`${COUNTERS.filtered}${this.setting.listenerId}:${filter}`, count, null);
		}
	}

	/** Writes what was counted. The request does not wait for it, nor does it fail with it. */
	flush(): void {
		const { store, group, refusals, clock, log } = this.setting;
		// Taken without a store, too: it is what lets new refusals into the log.
		const counts = [...this.counts.splice(0), ...refusals.takeDue(group, clock.now())];
		if (store === null) return;
		writeCounts(store.counters, group, counts, clock.now()).catch((error: unknown) =>
			log('warn', `counters cannot be written: ${reasonOf(error)}`),
		);
	}

	private count(name: string, by: number, detail: string | null): void {
		if (by > 0) this.counts.push({ name: name.slice(0, 255), by, detail });
	}

	private claimer(): string {
		const { listenerId } = this.setting;
		const own = this.listeners.find((listener) => listener.listenerId === listenerId);
		return claimScope(listenerId, own);
	}
}
