import type { Page, PageRequest } from '../page';

/**
 * Where a question stands. A person has one question at a time per business number that is `asking`
 * (its message is on the way) or `open`; others are `queued`.
 */
export type QuestionState =
	| 'queued'
	| 'asking'
	| 'open'
	| 'answered'
	/** The time was up. */
	| 'timedOut'
	/** There were too many wrong answers. */
	| 'exhausted'
	/** Somebody else's answer was enough. */
	| 'settled'
	| 'cancelled'
	/** A later question took its place. */
	| 'replaced'
	| 'optedOut'
	/** Its message could not be sent. */
	| 'failed'
	/** Its execution is gone. */
	| 'lost';

/** An execution that is about to wait for answers. */
export interface NewWait {
	/** The same if the node runs again for the same input. */
	waitId: string;
	accountKey: string;
	/** The app, whose triggers receive the answers. */
	appKey: string;
	workflowId: string;
	executionId: string;
	nodeId: string;
	nodeName: string;
	/** Encrypted: whoever knows it can resume the execution. */
	resumeUrl: string;
	/** What the waiting node needs to go on. */
	content: string;
}

/** A question to one person. */
export interface NewQuestion {
	/** The same if the node runs again for the same input. */
	questionId: string;
	phoneNumberId: string;
	/** Phone number or user ID of the person, plain or hashed. */
	personKey: string;
	itemIndex: number;
	/** Which of the item's approvers this is, from 0. */
	place: number;
	/** What is asked. */
	content: string;
}

/** What a new question does if the person has not answered an earlier one. */
export type WhenAsked = 'wait' | 'replace' | 'fail';

/** A question that is about to be kept. */
export interface QuestionToStart extends NewQuestion {
	whenAsked: WhenAsked;
}

/** A question as the waiting node sees it. Times are in milliseconds since 1970. */
export interface StoredQuestion extends NewQuestion {
	state: QuestionState;
	step: number;
	/** Wrong answers so far. */
	attempts: number;
	isReminded: boolean;
	messageId: string | null;
	askedAt: number | null;
	expiresAt: number | null;
	remindAt: number | null;
	closedAt: number | null;
	/** Answers so far; empty if there are none. */
	progress: string;
}

/** Something that the person sent and the waiting node has not read yet. */
export interface ReceivedAnswer {
	questionId: string;
	/** Both recognise it when it has been read. */
	batchId: string;
	eventId: string;
	content: string;
}

/** An execution that waits, in the hands of one process. */
export interface HeldWait {
	waitId: string;
	content: string;
	/** Set once the answers are complete and n8n has only to take them. */
	isDecided: boolean;
	/** In the order of items and places. */
	questions: StoredQuestion[];
	/** In the order in which they were sent. */
	answers: ReceivedAnswer[];
}

/** A wait whose execution should be called now. */
export interface DueWait {
	waitId: string;
	resumeUrl: string;
	/** How often it was called without success, including this time. */
	calls: number;
}

/** A question that a message of its contact may answer. */
export interface OpenQuestion {
	questionId: string;
	waitId: string;
	phoneNumberId: string;
	personKey: string;
	state: QuestionState;
	step: number;
	content: string;
}

/** A question that is open for one of the people that were asked for. */
export interface OpenFor extends OpenQuestion {
	/** The key that was asked for, of the same person as `personKey`. */
	askedKey: string;
}

/** What an app's executions wait for. */
export interface QuestionBacklog {
	/** Executions that wait for answers. */
	waiting: number;
	/** Those of them that have been called ten times in a row or more, without success. */
	unreachable: number;
}

/** Which questions to list; what is left out lets all through. */
export interface QuestionFilter {
	accountKey: string;
	states: readonly QuestionState[];
	questionId?: string;
	personKey?: string;
	phoneNumberId?: string;
	executionId?: string;
	workflowId?: string;
}

/** A question for the list of questions. Its content is empty once its execution has gone on. */
export interface ListedQuestion extends Omit<StoredQuestion, 'progress'> {
	waitId: string;
	workflowId: string;
	executionId: string;
	nodeName: string;
	createdAt: number;
}

/**
 * Executions that wait for answers. A wait is due when its execution has to be called: something was
 * answered, its time is up, a reminder is due, a person is free for the next question. Which of them
 * it is, the execution reads from here, so a call that comes twice or late does no harm.
 */
export interface QuestionStore {
	/**
	 * Keeps a wait and its questions. If it is known, it stays as it is, apart from the address. What
	 * the same node of the execution has waited for before ends.
	 *
	 * @returns its questions. With `fail`, those whose person has another one are missing.
	 */
	start(
		wait: NewWait,
		questions: readonly QuestionToStart[],
		now: number,
	): Promise<StoredQuestion[]>;

	/** @returns those of the queued questions whose turn it is; they are `asking` now. */
	takeTurns(questionIds: readonly string[]): Promise<string[]>;

	/**
	 * The questions that are asking or open for these people, under the given key of each or one that
	 * was ever linked to it.
	 */
	openFor(accountKey: string, personKeys: readonly string[]): Promise<OpenFor[]>;

	/** Known questions with these IDs, in whichever state. */
	find(questionIds: readonly string[]): Promise<OpenQuestion[]>;

	/** Makes waits due, such as after something was received. */
	poke(waitIds: readonly string[]): Promise<void>;

	/** Takes what is due for an app; nobody else gets it until the lease ends. */
	take(
		request: { appKey: string; leaseMs: number; limit: number },
		now: number,
	): Promise<DueWait[]>;

	/** Gives a wait back after a call that has not reached its execution. */
	postpone(waitId: string, dueAt: number): Promise<void>;

	/**
	 * Takes a wait in hand, to read its answers and go on.
	 *
	 * @returns null if it is unknown or has ended, `held` if another process has it
	 */
	hold(
		waitId: string,
		owner: string,
		leaseMs: number,
		now: number,
	): Promise<HeldWait | 'held' | null>;

	/**
	 * Writes what has become of a wait and gives it back. Whoever waits for the turn of a person whose
	 * question is closed becomes due.
	 *
	 * @param dueAt when to call next; null if only an answer makes it due
	 * @returns false, and nothing is written, if the wait is not held by this owner any more, or if one
	 *   of its questions was cancelled or replaced meanwhile; then it is due again
	 */
	update(
		waitId: string,
		owner: string,
		changes: {
			/** As they are now; only what `NewQuestion` has not is written. */
			questions: readonly StoredQuestion[];
			/** Answers that have been read; they are erased. */
			read: readonly ReceivedAnswer[];
			isDecided: boolean;
			dueAt: number | null;
		},
		now: number,
	): Promise<boolean>;

	/**
	 * Ends a wait: n8n has taken its result, or its execution is gone. Its texts are erased, and its
	 * questions that are still open are lost.
	 */
	end(waitId: string, now: number): Promise<void>;

	/** Closes an account's questions that are not closed yet. @returns their IDs */
	cancel(accountKey: string, questionIds: readonly string[], now: number): Promise<string[]>;

	/** Questions by the time at which they were made, oldest first. */
	list(request: QuestionFilter & PageRequest): Promise<Page<ListedQuestion>>;

	backlog(appKey: string): Promise<QuestionBacklog>;

	/** Calls back when something may be due, as far as the engine can tell. @returns how to stop */
	onDue(wake: () => void): () => void;
}

/** States in which a question can still be answered, or will be asked. */
export const unclosedStates: readonly QuestionState[] = ['queued', 'asking', 'open'];

export const isUnclosed = ({ state }: { state: QuestionState }): boolean =>
	unclosedStates.includes(state);

/** All listeners of questions together: a message answers one question, and only once. */
export const answersListener = 'question ';

/** Recognises answers that other workflows get as well when they come again. */
export const sharedAnswers = 'shared answers';

/** The listener under which the inbox keeps what may answer a question. */
export const questionListener = (questionId: string): string => answersListener + questionId;
