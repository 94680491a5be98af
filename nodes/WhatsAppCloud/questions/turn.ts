import type { MessageContent } from '../messages/messageType';
import type { QuestionState } from '../store/questions/questionStore';
import { reasonOf } from '../values/unknown';
import { asking, type Asked, type Given, type Outside, type Received } from './asked';
import { evaluate } from './evaluate';
import { stepMessage } from './stepMessage';
import type { Request } from './wait';

export function close(question: Asked, state: QuestionState, now: number): void {
	question.state = state;
	question.closedAt = now;
}

/** Whether they arrive changes nothing: the answer counts. */
export async function sendLastWords<Question extends Asked>(
	question: Question,
	text: string,
	key: string,
	{ send, notSent }: Outside<Question>,
): Promise<void> {
	if (text === '') return;
	await send(question, textMessage(text), key).catch((error: unknown) =>
		notSent(question, key, error),
	);
}

const textMessage = (body: string): MessageContent => ({ type: 'text', text: { body } });

type TurnWait = Pick<Request, 'expiresAt' | 'remindMs' | 'followUps'>;

/** One question in hand. */
export class Turn<Question extends Asked = Asked> {
	readonly question: Question;
	private readonly wait: TurnWait;
	private readonly outside: Outside<Question>;

	constructor(question: Question, wait: TurnWait, outside: Outside<Question>) {
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
export const sentAt = ({ event: { timestamp } }: Received): number =>
	timestamp === null ? -Infinity : Date.parse(timestamp);

const isPast = (time: number | null, now: number): boolean => time !== null && time <= now;
