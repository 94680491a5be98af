import type { MessageEvent } from '../events/messages/messageEvent';
import type { MessageContent } from '../messages/messageType';
import {
	isUnclosed,
	type QuestionState,
	type StoredQuestion,
} from '../store/questions/questionStore';
import { reasonOf } from '../values/unknown';
import { decide, type Reply } from './decide';
import { evaluate, type Reply as Message } from './evaluate';
import type { Answer } from './question';
import { stepMessage } from './stepMessage';
import type { QuestionContent, Request, WaitContent } from './wait';

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
export type Send = (
	question: Asked,
	message: MessageContent | 'opening',
	key: string,
) => Promise<{ messageId: string | null }>;

/** What the questions of a wait need from outside. */
export interface Outside {
	send: Send;
	/** In milliseconds since 1970. */
	now: number;
	/** Told of a message that could not be sent and that changes nothing. */
	notSent: (question: Asked, key: string, error: unknown) => void;
}

/**
 * Carries a wait forward by what has been received and by the time: asks what is to be asked, reads
 * answers, asks again, reminds, and closes what is decided. It changes the questions in place.
 *
 * A text that cannot be sent closes its question, except for the last words, which change nothing
 * any more.
 *
 * @returns whether all requests are decided, and when to come back otherwise
 */
export async function advance(
	{ requests, expiresAt }: WaitContent,
	questions: readonly Asked[],
	outside: Outside,
): Promise<{ isDecided: boolean; dueAt: number | null }> {
	for (const request of requests) {
		const turns = questions
			.filter(({ itemIndex }) => itemIndex === request.itemIndex)
			.map((question) => new Turn(question, { ...request, expiresAt }, outside));
		await readAll(turns, request.rule);
		for (const turn of turns) {
			if (isUnclosed(turn.question)) await turn.watchTheTime();
			if (turn.question.state === 'asking') await turn.ask();
		}
	}
	const decisions = await Promise.all(
		requests.map(async (request) => {
			const own = questions.filter(({ itemIndex }) => itemIndex === request.itemIndex);
			return await closeDecided(request, own, outside);
		}),
	);
	const reminders = questions.map(({ state, remindAt, isReminded }) =>
		state === 'open' && !isReminded ? remindAt : null,
	);
	const times = questions.some(isUnclosed) ? [...reminders, expiresAt] : [];
	const dueAt = Math.min(...times.filter((time) => time !== null));
	return {
		isDecided: decisions.every(Boolean),
		dueAt: Number.isFinite(dueAt) ? dueAt : null,
	};
}

/** Reads in the order in which people wrote: if the first answer wins, later ones count no more. */
async function readAll(turns: readonly Turn[], { firstWins }: Request['rule']): Promise<void> {
	const arrived = turns
		.flatMap((turn) => turn.question.received.map((received) => ({ turn, received })))
		.sort((a, b) => sentAt(a.received) - sentAt(b.received));
	for (const { turn, received } of arrived) {
		const isLate = turns.some((other) => other !== turn && hasAnswered(other.question));
		if (!firstWins || !isLate) await turn.read(received);
	}
}

/** Also while somebody who has denied is asked why. */
const hasAnswered = ({ state, step, question }: Asked): boolean =>
	state === 'answered' || (state === 'open' && question.steps[step]?.onlyAfter !== undefined);

/** @returns whether the request is decided */
async function closeDecided(
	{ rule, followUps }: Request,
	questions: readonly Asked[],
	outside: Outside,
): Promise<boolean> {
	if (decide(rule, questions.map(replyOf)) === 'undecided') return false;
	for (const question of questions) {
		if (!isUnclosed(question)) continue;
		const wasAsked = question.state === 'open';
		close(question, 'settled', outside.now);
		if (wasAsked) await sendLastWords(question, followUps.settled, 'settled', outside);
	}
	return true;
}

export const replyOf = (question: Asked): Reply => ({
	state: question.state,
	answer: question.state === 'answered' ? (decisiveIn(question)?.answer ?? null) : null,
});

/** The answer that counts: that to the last step, apart from one that only asks why. */
export const decisiveIn = ({ given, question }: Pick<Asked, 'given' | 'question'>) =>
	given.filter((_, index) => question.steps[index]?.onlyAfter === undefined).at(-1);

function close(question: Asked, state: QuestionState, now: number): void {
	question.state = state;
	question.closedAt = now;
}

/** Whether they arrive changes nothing: the answer counts. */
async function sendLastWords(
	question: Asked,
	text: string,
	key: string,
	{ send, notSent }: Outside,
): Promise<void> {
	if (text === '') return;
	await send(question, textMessage(text), key).catch((error: unknown) =>
		notSent(question, key, error),
	);
}

const textMessage = (body: string): MessageContent => ({ type: 'text', text: { body } });

/** The key of the message that asks. */
export const asking = 'ask';

type TurnWait = Pick<Request, 'remindMs' | 'followUps'> & Pick<WaitContent, 'expiresAt'>;

/** One question in hand. */
class Turn {
	readonly question: Asked;
	private readonly wait: TurnWait;
	private readonly outside: Outside;

	constructor(question: Asked, wait: TurnWait, outside: Outside) {
		this.question = question;
		this.wait = wait;
		this.outside = outside;
	}

	async ask(): Promise<void> {
		const { question, wait, outside } = this;
		const sent = await this.sendStep(0, asking);
		if (sent === null) return;
		question.state = 'open';
		question.messageId = sent.messageId;
		question.askedAt = outside.now;
		question.expiresAt = wait.expiresAt;
		question.remindAt = wait.remindMs === null ? null : outside.now + wait.remindMs;
	}

	async read(received: Received): Promise<void> {
		const isInTime = !isPast(this.wait.expiresAt, sentAt(received));
		if (this.question.state === 'open' && isInTime) await this.readOne(received);
	}

	private async readOne(received: Received): Promise<void> {
		const { question } = this;
		const verdict = evaluate(question.question, question, question.questionId, received);
		// "Stop" may be one of the options.
		const isOption = verdict.kind === 'answer' && verdict.answer.id !== null;
		if (received.optsOut && !isOption) {
			this.end('optedOut');
			return;
		}
		switch (verdict.kind) {
			case 'answer':
				await this.take({
					answer: verdict.answer,
					messageId: received.id,
					event: received.event,
				});
				return;
			case 'wrong':
				await this.askAgain();
				return;
			case 'page':
				await this.sendStep(verdict.page, `page ${received.id ?? verdict.page}`);
				return;
			case 'stale':
			case 'unrelated':
		}
	}

	private async take(given: Given): Promise<void> {
		const { question, wait, outside } = this;
		question.given.push(given);
		const next = question.question.steps[question.given.length];
		if (next !== undefined && (next.onlyAfter ?? given.answer.id) === given.answer.id) {
			question.step = question.given.length;
			await this.sendStep(0, `step ${question.step}`);
			return;
		}
		close(question, 'answered', outside.now);
		await sendLastWords(question, wait.followUps.thanks, 'thanks', outside);
	}

	private async askAgain(): Promise<void> {
		const { question } = this;
		const { steps, mostAttempts } = question.question;
		question.attempts += 1;
		if (mostAttempts !== null && question.attempts >= mostAttempts) {
			this.end('exhausted');
			return;
		}
		const retryText = steps[question.step]?.retryText ?? '';
		const key = `again ${question.attempts}`;
		if (retryText === '') await this.sendStep(0, key);
		else await this.sendOrClose(textMessage(retryText), key);
	}

	async watchTheTime(): Promise<void> {
		const { question, wait, outside } = this;
		if (isPast(wait.expiresAt, outside.now)) {
			const wasAsked = question.state === 'open';
			this.end('timedOut');
			if (wasAsked) await sendLastWords(question, wait.followUps.expired, 'expired', outside);
			return;
		}
		if (question.isReminded || !isPast(question.remindAt, outside.now)) return;
		question.isReminded = true;
		await sendLastWords(question, wait.followUps.reminder, 'reminder', outside);
	}

	private async sendStep(page: number, key: string): Promise<{ messageId: string | null } | null> {
		const { questionId, step, question } = this.question;
		const asked = question.steps[step];
		if (asked === undefined) throw new RangeError(`The question has no step ${step}`);
		const message = stepMessage(asked, { questionId, step, page });
		const isFirst = key === asking && this.question.opening !== null;
		return await this.sendOrClose(isFirst || message === null ? 'opening' : message, key);
	}

	private async sendOrClose(
		message: MessageContent | 'opening',
		key: string,
	): Promise<{ messageId: string | null } | null> {
		const { question, outside } = this;
		try {
			return await outside.send(question, message, key);
		} catch (error) {
			question.problem = reasonOf(error);
			this.end('failed');
			return null;
		}
	}

	/** Closes the question for a reason, unless all that counts has been answered. */
	private end(state: QuestionState): void {
		const { question, outside } = this;
		const isOptional = question.question.steps[question.step]?.onlyAfter !== undefined;
		close(question, isOptional ? 'answered' : state, outside.now);
	}
}

/** When Meta says that it was sent; what has no time counts as in time. */
const sentAt = ({ event: { timestamp } }: Received): number =>
	timestamp === null ? -Infinity : Date.parse(timestamp);

const isPast = (time: number | null, now: number): boolean => time !== null && time <= now;
