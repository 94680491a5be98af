import type { ContactLink, ContactMove, ContactUpdate } from '../contacts/contactStore';
import type { NewForward } from '../forwards/forwardStore';
import type { StatusEntry } from '../statuses/statusStore';
import type { ArrivedText, ChangedText } from '../texts/textStore';

/** An event that has arrived. */
export interface ReceivedEvent {
	accountKey: string;
	/** Recognises the event when Meta delivers it again. Stored as a hash. */
	eventKey: string;
	/** What its executions need: text that only the triggers read. */
	content: string;
	/** Executions begin in the order of time within a key: a conversation, a sent message. */
	orderKey: string;
	/** The person, for rules that apply per contact; null if there is none. */
	contactKey: string | null;
	/** Meta's time, in milliseconds since 1970. */
	occurredAt: number;
	/** The triggers that chose it. */
	deliveries: readonly NewDelivery[];
}

/** An event for one trigger. */
export interface NewDelivery {
	listenerId: string;
	/** The execution that it will be part of. IDs compare in the order of arrival. */
	batchId: string;
	/** When the execution may start, in milliseconds since 1970; 0: at once, whatever the clock says. */
	dueAt: number;
	/** Set if it waits for other events of its contact, which then start one execution together. */
	hold?: Hold;
	/**
	 * The loop of this process that gets it as if it had taken it; null: a loop will take it. Only for
	 * what is due at once, and only followed where no answer gets lost.
	 */
	loop?: string | null;
}

/** When a contact's events have waited long enough. Each new one puts off all to its `dueAt`. */
export interface Hold {
	/** Longest time since the first of them, in milliseconds; an hour at most. */
	longestMs: number;
	/** So many do not wait for more. */
	mostEvents: number;
	/** This one ends the wait. */
	isLast: boolean;
}

/** A whole webhook: what has to be remembered, and what starts executions. */
export interface ReceivedWebhook {
	statuses: readonly StatusEntry[];
	contacts: readonly ContactUpdate[];
	links: readonly ContactLink[];
	/** People's numbers and user IDs that have changed. */
	moves?: readonly ContactMove[];
	events: readonly ReceivedEvent[];
	/** Messages whose text is kept, and what their authors have changed since. */
	texts?: { arrived: readonly ArrivedText[]; changed: readonly ChangedText[] };
	/** Where the webhook itself goes. */
	forwards?: readonly NewForward[];
	/** By their keys, the events that answer a question and that other workflows get as well. */
	sharedAnswers?: readonly string[];
	/** Waits for an answer that this webhook may bring. They become due. */
	answeredWaits?: readonly string[];
	/** The marks of its people (see `PersonStore.erase`), and who was erased when it was planned. */
	looked?: { marks: readonly string[]; erasures: ReadonlyMap<string, number> };
}

/** What became of a webhook. */
export interface Reception {
	/** One of its people was erased since it was planned: nothing is kept, and it is to be planned anew. */
	isOutdated: boolean;
	/** For each delivery of each event, whether it is new; false: it was received before. */
	areNew: boolean[][];
	/** Batches that a loop has got already, by its name. */
	given: ReadonlyMap<string, readonly DueBatch[]>;
}

/** Events of one trigger that start one execution. */
export interface DueBatch {
	batchId: string;
	orderKeys: string[];
	/** Time of the earliest event. */
	occurredAt: number;
}

/** What an execution has claimed. */
export interface ClaimedBatch {
	/** Contents of the events, in the order of their time and then of the webhook. */
	contents: string[];
	/** 1, or more if an earlier execution was killed. */
	attempt: number;
	/** Whether it is complete already. */
	isErased: boolean;
}

/** How a trigger's batches are doing. */
export interface Backlog {
	listenerId: string;
	/** Events that have not started their execution. */
	waiting: number;
	/** When the oldest of them arrived; null if there is none. */
	oldestAt: number | null;
	/** Events that a running execution has claimed and keeps until it ends. */
	claimed: number;
	/** Whether a loop starts executions from it. */
	isAlive: boolean;
}

/** Executions that have stopped renewing their claim. */
export interface Abandoned {
	/** Batches that will start another execution. */
	restarted: string[];
	/** Batches that are given up. */
	dropped: string[];
}

/** What a loop takes. */
interface TakeRequest {
	listenerId: string;
	owner: string;
	/** How many batches at most. */
	limit: number;
	/**
	 * Also what another loop of the trigger has taken, or this one by a call that failed, and no
	 * execution has claimed.
	 */
	takesOver: boolean;
	/** Leaves out contacts whose events are being started, or have an execution that runs. */
	onePerContact?: boolean;
}

/**
 * The incoming events that have not started their executions yet. Each takes the same path per
 * trigger: `receive`, then `take` by the trigger's loop, which emits an execution, then `claim` by
 * this execution, then `complete`. `receive` may take for a loop of its own process.
 */
export interface InboxStore {
	/**
	 * For each listener, in the order of the IDs, those of the events that it has received before, by
	 * their keys.
	 */
	seen(
		listenerIds: readonly string[],
		eventKeys: readonly string[],
	): Promise<ReadonlySet<string>[]>;

	/** Keeps a webhook in one transaction. */
	receive(webhook: ReceivedWebhook, now: number): Promise<Reception>;

	/**
	 * Gives a loop what is due and nobody has, or a loop whose lease has ended. The lease is that of
	 * the outbox (`OutboxStore.renewLease`), under the owner's name, which `loopOwner` makes.
	 */
	take(request: TakeRequest, now: number): Promise<DueBatch[]>;

	/** Those of the batches that no execution has claimed yet. */
	unclaimed(batchIds: readonly string[]): Promise<string[]>;

	/** Those of the batches that an execution has claimed and not completed. */
	running(batchIds: readonly string[]): Promise<string[]>;

	/**
	 * Calls back when any process has received something, if the engine can tell (see
	 * `Database.listen`).
	 *
	 * @returns how to end it
	 */
	onReceived(wake: () => void): () => void;

	/** Those of the triggers that have something due that no loop has taken. */
	due(listenerIds: readonly string[], now: number): Promise<string[]>;

	/**
	 * Gives an execution its batch. Of all executions that claim it, one gets it; repeating the call
	 * with the same ID gets it again.
	 *
	 * @param options.isKept false: the execution does not keep its claim, so that the batch is erased
	 *   with it, unless the engine may lose the answer
	 * @returns null if another execution has it, or it is complete or dropped
	 */
	claim(
		batchId: string,
		executionId: string,
		leaseMs: number,
		now: number,
		options?: { isKept?: boolean },
	): Promise<ClaimedBatch | null>;

	/** @returns whether the execution still has the batch. */
	renewClaim(batchId: string, executionId: string, leaseMs: number, now: number): Promise<boolean>;

	/** Erases what an execution has claimed; without an execution, what whichever one has claimed. */
	complete(batchId: string, executionId: string | null): Promise<void>;

	/**
	 * Looks for claims that are no longer renewed.
	 *
	 * @param maxAttempts how many executions a batch may start; beyond that, it is dropped.
	 */
	endAbandoned(listenerId: string, maxAttempts: number, now: number): Promise<Abandoned>;

	/**
	 * Drops what a trigger has received before a time and not started.
	 *
	 * @returns how many events
	 */
	drop(listenerId: string, receivedBefore: number): Promise<number>;

	backlogs(listenerIds: readonly string[], now: number): Promise<Backlog[]>;
}

/** What the names of loops begin with, among those who hold a lease. */
export const LOOP = 'loop:';

/** The name of a trigger's loop. @param id unique across all processes */
export const loopOwner = (listenerId: string, id: string): string => `${LOOP}${listenerId}:${id}`;
