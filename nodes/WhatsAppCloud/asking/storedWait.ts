import type { IDataObject } from 'n8n-workflow';

import type { ContactRules } from '../contacts/rules/rules';
import type { MessageEvent } from '../events/messages/messageEvent';
import type { Account } from '../graph/account';
import type { Asked, Given, Received } from '../questions/asked';
import type { QuestionContent, WaitContent } from '../questions/wait';
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

/** @throws ContentProblem if the app secret has changed since */
export const decodeWait = (content: string, keeper: Keeper): StoredWait =>
	JSON.parse(decodeText(content, keeper)) as StoredWait;

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
		...(JSON.parse(decodeText(content, keeper)) as StoredContent),
		given: [],
		problem: null,
		...(progress === '' ? {} : (JSON.parse(decodeText(progress, keeper)) as Progress)),
		received: received(question.questionId),
	}));
}

const isMessage = (event: StoredEvent): event is StoredEvent & MessageEvent<'message'> =>
	event.event === 'message';

/** A message as the trigger's items have it, without what the trigger stored for itself. */
function toReceived({ consent, ...event }: StoredEvent & MessageEvent): Received {
	delete event.handoff;
	delete event.place;
	// A word to opt out ends a question instead of answering it.
	return { ...event, optsOut: consent === 'optedOut', event };
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
