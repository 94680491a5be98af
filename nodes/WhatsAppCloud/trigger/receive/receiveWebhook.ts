import type { Account } from '../../graph/account';
import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import { questionListener } from '../../store/questions/questionStore';
import type { Store } from '../../store/store';
import { counterNames } from '../counters/counterNames';
import type { RequestCounters } from '../counters/requestCounters';
import type { Signals } from '../deliveries/signals';
import {
	isLiving,
	optionsOf,
	readListeners,
	nameOfListener,
	type KnownListener,
} from '../listeners/knownListeners';
import { errorOf } from '../../values/unknown';
import type { FilterName } from '../settings/eventChoice';
import type { TriggerOptions } from '../settings/triggerOptions';
import { arrivalOf, isCollected, type Chosen } from './arrival';
import type { SignedRequest } from './callTestRuns';
import { choose } from './choose';
import { eventsOfErased } from './people/erased';
import { findAnswers, lookUpAsked, type FoundAnswers } from './findAnswers';
import { forwardsOf } from './outside/forwardsOf';
import { namingOf } from './naming';
import { textsOf } from './texts/arrivedTexts';
import { updatesOf } from './people/updates';
import { wishesOf, type Confirmation, type Listening } from './people/wishes';

/** A request's trigger, and access to the state. `Queued` is what becomes of confirmations. */
export interface Receiver<Queued> {
	store: Store;
	account: Account;
	/** The group in which the app's triggers find each other. */
	group: string;
	/** The trigger that was called. */
	ownId: string;
	/** The same as its panel is now: the state may not know it, such as one that was lost. */
	describeOwn: () => KnownListener;
	/**
	 * Brings the called trigger, and those that share its credential, to the group of a new app secret.
	 *
	 * @returns the published triggers that shared with it before and stay behind
	 */
	followSecret: () => Promise<readonly KnownListener[]>;
	counts: RequestCounters;
	/** Keeps the answers to people who have opted out or in, so that they are sent if n8n is killed. */
	keepConfirmations: (confirmations: readonly Confirmation[]) => Promise<Queued>;
	/** What was received, as Meta has sent it. */
	request: SignedRequest;
	/** The loops of this process. They are woken. */
	loops: Signals;
	/** In milliseconds since 1970. */
	now: number;
}

/** What became of a webhook. */
export interface Received<Queued = unknown> {
	/** The triggers that have got something new. */
	startingIds: string[];
	/** The app's test runs that chose some of it; they listen at an address of their own. */
	testRuns: KnownListener[];
	/** How many events each filter of the called trigger kept out. */
	filtered: ReadonlyMap<FilterName, number>;
	/** How many events the called trigger chose and had received before. */
	repeated: number;
	/** Published triggers of the app secret of before: they get nothing, and Meta does not repeat it. */
	missing: string[];
	/**
	 * Published triggers whose parameters this version cannot read, with the reason. They have got
	 * nothing, so Meta has to deliver again; the others start nothing twice.
	 */
	unreadable: string[];
	/** Messages that wait for more, whose sender is to see that an answer is being typed. */
	typing: WebhookEvent[];
	/** What belongs to questions. */
	found: FoundAnswers;
	/** Whether it goes to addresses outside as well. */
	isForwarded: boolean;
	/** Answers to people who have opted out or in, for this process to send. */
	confirmations: Queued;
}

/**
 * Keeps a webhook: whatever must be remembered, and its events for each published trigger that chose
 * them, all in one transaction. Only then may it be answered.
 *
 * @throws StateProblem if it could not be kept; nothing is kept then
 */
export async function receiveWebhook<Queued>(
	events: readonly WebhookEvent[],
	{
		store,
		account,
		group,
		ownId,
		describeOwn,
		followSecret,
		counts,
		keepConfirmations,
		request,
		loops,
		now,
	}: Receiver<Queued>,
): Promise<Received<Queued>> {
	const list = async () => readListeners(await store.listeners.list(group, 0));
	const isOwn = ({ listenerId }: KnownListener) => listenerId === ownId;
	const naming = namingOf(account);
	const [listed, asked, erased] = await Promise.all([
		list(),
		lookUpAsked(events, store, naming),
		eventsOfErased(events, store, naming, now),
	]);
	const remembered = events.filter((event) => !erased.has(event));
	let known = listed;
	let missing: readonly KnownListener[] = [];
	if (!known.some(isOwn)) {
		missing = await followSecret();
		known = await list();
	}
	const published = known.filter((each) => !each.isTest && isLiving(each, now));
	const own = known.find(isOwn) ?? describeOwn();
	const isListed = own.isTest || published.includes(own);
	const listeners = isListed ? published : [...published, own];
	for (const each of missing) {
		counts.add(`${counterNames.missed}${each.listenerId}`, 1, nameOfListener(each));
	}

	const unreadable: string[] = [];
	const readable = listeners.flatMap((listener): (Listening & Readable)[] => {
		const options = readableOptions(listener, account);
		if (!(options instanceof Error)) return [{ ...listener, options }];
		unreadable.push(`${nameOfListener(listener)}: ${options.message}`);
		return [];
	});
	const wishes = await wishesOf(remembered, {
		listening: readable,
		contacts: store.contacts,
		naming,
		now,
	});
	const found = await findAnswers(asked, {
		questions: store.questions,
		account,
		consents: wishes.consents,
	});

	const free = events.filter((event) => !found.withheld.has(event));
	let filtered: ReadonlyMap<FilterName, number> = new Map();
	const chosen = readable.map(({ listenerId, about, options }): Chosen => {
		const choice = choose(free, options.choice, about, now, wishes.taken);
		if (listenerId === ownId) filtered = choice.filtered;
		for (const [filter, count] of choice.filtered) {
			counts.add(`${counterNames.filtered}${listenerId}:${filter}`, count, null);
		}
		return { listenerId, events: choice.chosen, options };
	});

	const testRuns = known
		.filter((listener) => listener.isTest && isLiving(listener, now))
		.filter((listener) => {
			const options = readableOptions(listener, account);
			if (options instanceof Error) return false;
			return choose(free, options.choice, listener.about, now).chosen.length > 0;
		});

	const listening = [...chosen, ...chosenByQuestions(found)];
	const arrival = arrivalOf(listening, account, naming, { now, wishes, loops });
	const answeredWaits = [...new Set([...found.answers.values()].map(({ waitId }) => waitId))];
	const updates = updatesOf(remembered, naming, now, {
		appId: account.appId,
		pauseMs: longestPause(readable),
	});
	const contacts = [...updates.contacts, ...wishes.updates];
	const forwards = forwardsOf(events, request, {
		listening: readable,
		account,
		group,
		naming,
		now,
	});
	// Before their wishes: once these are kept, nobody answers them again.
	const confirmations = await keepConfirmations(wishes.confirmations);
	const { areNew, given } = await store.inbox.receive(
		{
			...updates,
			contacts,
			events: arrival,
			...(account.keepTexts ? { texts: textsOf(remembered, account, naming, now) } : {}),
			forwards,
			sharedAnswers: found.shared.map(eventKey),
			answeredWaits,
		},
		now,
	);
	loops.give(given);
	const givenIds = new Set([...given.values()].flat().map(({ batchId }) => batchId));

	const typing = chosen.flatMap(({ events: own, options }) =>
		options.collect?.showTyping === true ? own.filter(isCollected) : [],
	);
	const triggerIds = new Set(chosen.map(({ listenerId }) => listenerId));
	const starting = new Map<string, number>();
	const waiting = new Set<string>();
	const repeats = new Map<string, number>();
	arrival.forEach(({ deliveries }, index) => {
		deliveries.forEach(({ listenerId, batchId }, place) => {
			if (!triggerIds.has(listenerId)) return;
			const isNew = areNew[index]?.[place] === true;
			const counted = isNew ? starting : repeats;
			counted.set(listenerId, (counted.get(listenerId) ?? 0) + 1);
			if (isNew && !givenIds.has(batchId)) waiting.add(listenerId);
		});
	});
	loops.wake(waiting);
	for (const [listenerId, count] of repeats) {
		counts.add(`${counterNames.repeated}${listenerId}`, count, null);
	}
	if (found.lateTaps > 0) counts.add(counterNames.lateTaps, found.lateTaps, null);
	const last = events.at(-1);
	const detail = last === undefined ? null : `${last.event} ${last.type}`;
	counts.add(counterNames.received, events.length, detail);
	return {
		startingIds: [...starting.keys()],
		testRuns,
		missing: missing.map(nameOfListener),
		unreadable,
		filtered,
		repeated: repeats.get(ownId) ?? 0,
		typing: starting.size > 0 ? typing : [],
		found,
		isForwarded: forwards.length > 0,
		confirmations,
	};
}

/** A published trigger whose parameters this version can read. */
interface Readable extends KnownListener {
	options: TriggerOptions;
}

/** Of triggers that disagree on how long the bot is silent, the most careful one counts. */
const longestPause = (readable: readonly Listening[]): number =>
	Math.max(0, ...readable.map(({ options }) => options.contacts.pauseMs));

/** A question is a listener of its own, whatever triggers choose. */
const chosenByQuestions = ({ answers }: FoundAnswers): Chosen[] =>
	Array.from(answers, ([event, { questionId }]) => ({
		listenerId: questionListener(questionId),
		events: [event],
		options: { collect: null, onePerContact: false, shape: { format: 'event' } },
	}));

/** One trigger that cannot be read, such as that of a newer version, must not cost the others. */
function readableOptions(
	listener: KnownListener,
	account: Pick<Account, 'appSecret'>,
): TriggerOptions | Error {
	try {
		return optionsOf(listener, account);
	} catch (error) {
		return errorOf(error);
	}
}
