import type { MessageEvent } from '../events/messages/messageEvent';
import type { MessageContent } from '../messages/messageType';
import type { StoredQuestion } from '../store/questions/questionStore';
import type { Reply } from './decide';
import type { Reply as Message } from './evaluate';
import type { Answer } from './question';
import type { QuestionContent } from './wait';

/** A message of the person that may answer; `optsOut` if they want no more messages. */
export interface Received extends Message {
	id: string | null;
	optsOut: boolean;
	/** The whole of it. */
	event: MessageEvent;
}

/** A question with its texts readable, while it is in hand. */
export interface Asked extends Omit<StoredQuestion, 'content' | 'progress'>, QuestionContent {
	/** By step: answers so far, and the ID of the message that each came with. */
	given: Given[];
	/** Why it could not be asked; null if it could. */
	problem: string | null;
	received: Received[];
}

/** A step's answer. */
export interface Given {
	answer: Answer;
	messageId: string | null;
	event: MessageEvent;
}

/**
 * Sends a message to the person; says which one it is. The same `key` is never sent twice. With
 * `opening`, it is the message that is stored with the question.
 */
export type Send<Question extends Asked = Asked> = (
	question: Question,
	message: MessageContent | 'opening',
	key: string,
) => Promise<{ messageId: string | null }>;

/** What the questions of a wait need from outside. */
export interface Outside<Question extends Asked = Asked> {
	send: Send<Question>;
	/** In milliseconds since 1970. */
	now: number;
	/** Told of a message that could not be sent and that changes nothing. */
	notSent: (question: Question, key: string, error: unknown) => void;
}

/** The key of the message that asks. */
export const asking = 'ask';

export const replyOf = (question: Asked): Reply => ({
	state: question.state,
	answer: question.state === 'answered' ? (decisiveIn(question)?.answer ?? null) : null,
});

/** The answer that counts: that to the last step, apart from one that only asks why. */
export const decisiveIn = ({ given, question }: Pick<Asked, 'given' | 'question'>) =>
	given.filter((_, index) => question.steps[index]?.onlyAfter === undefined).at(-1);
