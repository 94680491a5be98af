import type { MessageContent } from '../messages/messageType';
import type { Question } from './question';

/** How many of the people who are asked have to answer. */
export interface Rule {
	/** So many answers decide; for an approval, so many approvals. */
	needed: number;
	/** Whether the answers approve or deny: then denials that leave too few decide as well. */
	isApproval: boolean;
	/** The first answer decides, whatever it is. */
	firstWins: boolean;
}

/** What one item asks, of one person or several. */
export interface Request {
	itemIndex: number;
	rule: Rule;
	/** When the time is up, in milliseconds since 1970; null: it waits as long as it takes. */
	expiresAt: number | null;
	/** From the moment a question is sent, in milliseconds. Null: nobody is reminded. */
	remindMs: number | null;
	followUps: FollowUps;
}

/** Texts that follow; empty ones are not sent. */
export interface FollowUps {
	/** After the last answer. */
	thanks: string;
	/** While nobody has answered. */
	reminder: string;
	/** When the time is up. */
	expired: string;
	/** To the others, once somebody else's answers were enough. */
	settled: string;
}

/** What a waiting node needs to go on, as it is stored. */
export interface WaitContent {
	requests: Request[];
}

/** What is stored with each question. */
export interface QuestionContent {
	question: Question;
	/** The person as the workflow wrote them: `+4915123456789` or a user ID. */
	recipient: string;
	/** Whether an answer starts other workflows as well. */
	startsWorkflows: boolean;
	/** The message that asks first, if it is not the first step's own: a template, or a Flow. */
	opening: MessageContent | null;
}

/** Content as this package has stored it. */
export const readQuestionContent = (json: string): QuestionContent =>
	JSON.parse(json) as QuestionContent;
