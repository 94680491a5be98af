import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { Account } from '../../graph/account';
import type { ReceivedWebhook } from '../../store/inbox/inboxStore';
import { questionListener } from '../../store/questions/questionStore';
import type { Store } from '../../store/store';
import { errorOf } from '../../values/unknown';
import type { Signals } from '../deliveries/signals';
import { nameOfListener, optionsOf, type KnownListener } from '../listeners/knownListeners';
import type { FilterName } from '../settings/eventChoice';
import type { TriggerOptions } from '../settings/triggerOptions';
import { arrivalOf, isCollected, type Chosen } from './arrival';
import type { SignedRequest } from './callTestRuns';
import { choose } from './choose';
import { findAnswers, lookUpAsked, type AskedSenders, type FoundAnswers } from './findAnswers';
import type { Naming } from './naming';
import { forwardsOf } from './outside/forwardsOf';
import { lookUpErased, type ErasedPeople } from './people/erased';
import { updatesOf } from './people/updates';
import { wishesOf, type Confirmation } from './people/wishes';
import { textsOf } from './texts/arrivedTexts';
import type { WebhookListeners } from './webhookListeners';

/** What is to become of a webhook. */
export interface WebhookPlan {
	/** Everything that Meta has sent. */
	events: readonly WebhookEvent[];
	/** What the state keeps of it, in one transaction. */
	toKeep: ReceivedWebhook;
	/** Answers to people who have opted out or in. */
	confirmations: readonly Confirmation[];
	/** Messages that wait for more, whose sender is to see that an answer is being typed. */
	typing: readonly WebhookEvent[];
	/** What belongs to questions. */
	found: FoundAnswers;
	/** By published trigger, how many events each of its filters kept out. */
	filtered: ReadonlyMap<string, ReadonlyMap<FilterName, number>>;
	/** Messages of people who were erased after they wrote them. */
	forgotten: number;
	/** Test runs that chose some of the events. */
	testRuns: readonly KnownListener[];
	/** As in `WebhookListeners`. */
	missing: readonly KnownListener[];
	/**
	 * Published triggers whose parameters this version cannot read, with the reason. They get nothing,
	 * so Meta has to deliver again; the others start nothing twice.
	 */
	unreadable: readonly string[];
}

/** What the state knows of the people in a webhook. */
export interface KnownPeople {
	asked: AskedSenders;
	/** Who of them was erased. */
	erased: ErasedPeople;
}

/**
 * Looks up what is asked of the people in a webhook, and who of them was erased.
 *
 * @param now in milliseconds since 1970
 * @throws StateProblem
 */
export async function lookUpPeople(
	events: readonly WebhookEvent[],
	store: Store,
	naming: Naming,
	now: number,
): Promise<KnownPeople> {
	const [asked, erased] = await Promise.all([
		lookUpAsked(events, store, naming),
		lookUpErased(events, store, naming, now),
	]);
	return { asked, erased };
}

/**
 * Decides what becomes of a webhook: what is remembered, which triggers and questions get which of its
 * events, and who is answered. Reads the state and writes nothing.
 *
 * @param request what was received, as Meta has sent it
 * @throws StateProblem
 */
export async function planWebhook(
	events: readonly WebhookEvent[],
	request: SignedRequest,
	{
		listeners: { published, testRuns, missing },
		people: { asked, erased },
		store: { contacts, questions },
		account,
		group,
		naming,
		loops,
		now,
	}: {
		listeners: WebhookListeners;
		people: KnownPeople;
		store: Pick<Store, 'contacts' | 'questions'>;
		account: Account;
		/** The group in which the app's triggers find each other. */
		group: string;
		naming: Naming;
		/** The loops of this process, which get what is due at once. */
		loops: Pick<Signals, 'takerOf'>;
		/** In milliseconds since 1970. */
		now: number;
	},
): Promise<WebhookPlan> {
	const { readable, unreadable } = readAll(published, account);
	// Whatever stays in the state is made of these; only what starts workflows is made of all.
	const later = events.filter((event) => !erased.events.has(event));
	const remembered = later.filter((event) => !erased.strange.has(event));
	const wishes = await wishesOf(remembered, { listening: readable, contacts, naming, now });
	const found = await findAnswers(asked, { questions, account, consents: wishes.consents });

	const free = events.filter((event) => !found.withheld.has(event));
	const choices = readable.map(({ listenerId, about, options }) => ({
		listenerId,
		options,
		...choose(free, options.choice, about, now, wishes.taken),
	}));
	const chosen = choices.map(({ listenerId, chosen: own, options }): Chosen => ({
		listenerId,
		events: own,
		options,
	}));
	const handoffs = { appId: account.appId, pauseMs: longestPause(readable) };
	const updates = updatesOf(later, naming, now, handoffs, erased.strange);
	const arrival = arrivalOf([...chosen, ...chosenByQuestions(found)], account, naming, {
		now,
		wishes,
		loops,
	});
	return {
		events,
		toKeep: {
			...updates,
			contacts: [...updates.contacts, ...wishes.updates],
			events: arrival,
			...(account.keepTexts ? { texts: textsOf(remembered, account, naming, now) } : {}),
			forwards: forwardsOf(events, request, { listening: readable, account, group, naming, now }),
			looked: erased.looked,
			sharedAnswers: found.shared.map(eventKey),
			answeredWaits: [...new Set([...found.answers.values()].map(({ waitId }) => waitId))],
		},
		confirmations: wishes.confirmations,
		typing: choices.flatMap(({ chosen: own, options }) =>
			options.collect?.showTyping === true ? own.filter(isCollected) : [],
		),
		found,
		filtered: new Map(choices.map(({ listenerId, filtered }) => [listenerId, filtered])),
		forgotten: events.filter((event) => event.event === 'message' && erased.events.has(event))
			.length,
		testRuns: readAll(testRuns, account).readable.filter(
			({ about, options }) => choose(free, options.choice, about, now).chosen.length > 0,
		),
		missing,
		unreadable,
	};
}

/** A trigger whose parameters this version can read. */
interface Readable extends KnownListener {
	options: TriggerOptions;
}

/** One trigger that cannot be read, such as that of a newer version, must not cost the others. */
function readAll(
	listeners: readonly KnownListener[],
	account: Pick<Account, 'appSecret'>,
): { readable: Readable[]; unreadable: string[] } {
	const readable: Readable[] = [];
	const unreadable: string[] = [];
	for (const listener of listeners) {
		try {
			readable.push({ ...listener, options: optionsOf(listener, account) });
		} catch (error) {
			unreadable.push(`${nameOfListener(listener)}: ${errorOf(error).message}`);
		}
	}
	return { readable, unreadable };
}

/** Of triggers that disagree on how long the bot is silent, the most careful one counts. */
const longestPause = (readable: readonly Readable[]): number =>
	Math.max(0, ...readable.map(({ options }) => options.contacts.pauseMs));

/** A question is a listener of its own, whatever triggers choose. */
const chosenByQuestions = ({ answers }: FoundAnswers): Chosen[] =>
	Array.from(answers, ([event, { questionId }]) => ({
		listenerId: questionListener(questionId),
		events: [event],
		options: { collect: null, onePerContact: false, shape: { format: 'event' } },
	}));
