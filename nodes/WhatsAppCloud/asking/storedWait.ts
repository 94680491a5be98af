import type { IDataObject } from 'n8n-workflow';

import { usualRules, type ContactRules } from '../contacts/rules/rules';
import type { MessageEvent } from '../events/messages/messageEvent';
import type { Account } from '../graph/account';
import type { MessageContent } from '../messages/messageType';
import type { Asked, Given, Received } from '../questions/asked';
import type { QuestionContent, Request, WaitContent } from '../questions/wait';
import type { ReceivedAnswer, StoredQuestion } from '../store/questions/questionStore';
import {
	decodeEvents,
	decodeText,
	encodeText,
	type StoredEvent,
} from '../trigger/deliveries/content';

/** An item that could not be asked and comes out beside the answers. */
export interface LeftItem {
	itemIndex: number;
	json: IDataObject;
}

/** A wait's content, with what n8n's part of it needs. */
export interface StoredWait extends WaitContent {
	/** Where the messages come from, for the outbox. */
	workflowId: string;
	executionId: string;
	executionBegan: number | null;
	runIndex: number;
	/** Whether it approves a tool call of an agent. */
	isReview: boolean;
	/** Items that failed, where the node goes on after errors. */
	left: LeftItem[];
	/** Where a file that was sent goes. */
	outputField: string;
}

/** What is stored with a question, with the entry of its first message in the outbox. */
export interface StoredContent extends QuestionContent {
	operationId: string;
	fingerprint: string;
	payloadHash: string;
	/** What asks in the place of `opening` while the person's window is open; null if nothing does. */
	withinWindow: MessageContent | null;
	/** Of the template that asks, in Meta's words; null if nobody has told it, or none does. */
	category: string | null;
	/** What that template says; null if nobody has told it, or none asks. */
	templateText: string | null;
	/** What its messages must keep to. */
	rules: ContactRules;
}

/** A question in hand. */
export type AskedQuestion = Asked & StoredContent;

/** What has been answered so far, as it is stored. */
interface Progress {
	given: Given[];
	problem: string | null;
}

type Keeper = Pick<Account, 'appSecret' | 'hashIdentifiers' | 'keepTexts'>;

export const encodeContent = (content: StoredWait | StoredContent, keeper: Keeper): string =>
	encodeText(JSON.stringify(content), keeper);

/** What version 0.1.0 has stored: all items had one limit, and executions no beginning. */
interface FormerWait extends Omit<StoredWait, 'requests' | 'executionBegan'> {
	requests: Omit<Request, 'expiresAt'>[];
	expiresAt: number | null;
}

/** @throws ContentProblem if the app secret has changed since */
export function decodeWait(content: string, keeper: Keeper): StoredWait {
	const stored = JSON.parse(decodeText(content, keeper)) as StoredWait | FormerWait;
	if (!('expiresAt' in stored)) return stored;
	const { expiresAt, ...wait } = stored;
	const requests = wait.requests.map((request) => ({ ...request, expiresAt }));
	return { ...wait, requests, executionBegan: null };
}

/** What version 0.1.0 has stored has none of these. */
const later = { withinWindow: null, category: null, templateText: null, rules: usualRules };

/** @throws ContentProblem if the app secret has changed since */
const decodeContent = (content: string, keeper: Keeper): StoredContent => ({
	...later,
	...(JSON.parse(decodeText(content, keeper)) as Omit<StoredContent, keyof typeof later>),
});

/**
 * Questions with their texts readable, and what has arrived for each of them.
 *
 * @throws ContentProblem if the app secret has changed since
 */
export function toAsked(
	questions: readonly StoredQuestion[],
	answers: readonly ReceivedAnswer[],
	keeper: Keeper,
): AskedQuestion[] {
	const received = (questionId: string): Received[] =>
		answers
			.filter((answer) => answer.questionId === questionId)
			.flatMap(({ content }) => decodeEvents([content], keeper.appSecret) ?? [])
			.filter(isMessage)
			.map(toReceived);
	return questions.map(({ content, progress, ...question }) => ({
		...question,
		...decodeContent(content, keeper),
		given: [],
		problem: null,
		...(progress === '' ? {} : (JSON.parse(decodeText(progress, keeper)) as Progress)),
		received: received(question.questionId),
	}));
}

const isMessage = (event: StoredEvent): event is StoredEvent & MessageEvent<'message'> =>
	event.event === 'message';

/**
 * A message as the trigger's items have it, without what the trigger stored for itself: `consent`, or
 * `optsOut` of version 0.1.0, among it.
 */
function toReceived({
	consent,
	optsOut,
	...event
}: StoredEvent & MessageEvent & { optsOut?: boolean }): Received {
	delete event.handoff;
	delete event.place;
	// A word to opt out ends a question instead of answering it.
	return { ...event, optsOut: consent === 'optedOut' || optsOut === true, event };
}

/** The questions as they are stored. */
export const toStored = (questions: readonly Asked[], keeper: Keeper): StoredQuestion[] =>
	questions.map((question) => {
		const { given, problem } = question;
		const progress: Progress = { given, problem };
		const isEmpty = given.length === 0 && problem === null;
		return {
			...question,
			// It never changes and is not written again.
			content: '',
			progress: isEmpty ? '' : encodeText(JSON.stringify(progress), keeper),
		};
	});
