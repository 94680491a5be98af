import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import type { Account } from '../../graph/account';
import { evaluate } from '../../questions/evaluate';
import { readOptionId } from '../../questions/optionIds';
import { readQuestionContent } from '../../questions/wait';
import type { OpenFor, OpenQuestion, QuestionStore } from '../../store/questions/questionStore';
import { decodeText } from '../deliveries/content';
import type { Naming } from './naming';
import { isKey, phoneOf } from './updates';

/** What of a webhook belongs to questions. */
export interface FoundAnswers {
	/** By event, the question that it may answer. */
	answers: ReadonlyMap<WebhookEvent, Pick<OpenQuestion, 'questionId' | 'waitId'>>;
	/** Answers that start no other workflow; and taps on what is not asked any more, which do nothing. */
	kept: ReadonlySet<WebhookEvent>;
}

/**
 * Finds what answers the questions that people have been asked. A tap belongs to the question it
 * names, any other message to the sender's latest one, if it can be an answer at all.
 *
 * @throws StateProblem
 */
export async function findAnswers(
	events: readonly WebhookEvent[],
	{
		questions,
		account,
		naming,
	}: {
		questions: Pick<QuestionStore, 'openFor' | 'find'>;
		account: Pick<Account, 'appSecret'>;
		naming: Naming;
	},
): Promise<FoundAnswers> {
	const answers = new Map<WebhookEvent, OpenQuestion>();
	const kept = new Set<WebhookEvent>();
	const messages = events.filter(isPersonal);
	const open = await openFor(messages, questions, naming);
	for (const message of messages) {
		const own = open.get(message) ?? [];
		const found = own.find((question) => isMeant(message, question, account));
		if (found !== undefined) {
			answers.set(message, found);
			if (!readContent(found, account).startsWorkflows) kept.add(message);
		}
	}
	for (const message of await tapsOnOurs(messages, answers, questions)) kept.add(message);
	return { answers, kept };
}

/** What a person wrote to the business: a group or an echo answers no question. */
const isPersonal = (event: WebhookEvent): event is MessageEvent<'message'> =>
	event.event === 'message' && event.direction === 'inbound' && event.groupId === undefined;

const readContent = ({ content }: OpenQuestion, account: Pick<Account, 'appSecret'>) =>
	readQuestionContent(decodeText(content, account));

function isMeant(
	message: MessageEvent,
	question: OpenQuestion,
	account: Pick<Account, 'appSecret'>,
): boolean {
	const { question: asked } = readContent(question, account);
	return evaluate(asked, question, question.questionId, message).kind !== 'unrelated';
}

/** The open questions of each message's sender, the latest first. */
async function openFor(
	messages: readonly MessageEvent[],
	questions: Pick<QuestionStore, 'openFor'>,
	naming: Naming,
): Promise<Map<MessageEvent, OpenFor[]>> {
	const keys = new Map(messages.map((message) => [message, keysOf(message, naming)]));
	const accountKeys = new Set(messages.map((message) => naming.accountKey(message)));
	const found = new Map<MessageEvent, OpenFor[]>();
	for (const accountKey of accountKeys) {
		const own = messages.filter((message) => naming.accountKey(message) === accountKey);
		const asked = new Set(own.flatMap((message) => keys.get(message) ?? []));
		const open = asked.size === 0 ? [] : await questions.openFor(accountKey, [...asked]);
		for (const message of own) {
			const ofSender = open.filter(
				({ phoneNumberId, askedKey }) =>
					phoneNumberId === message.phoneNumberId && keys.get(message)?.includes(askedKey),
			);
			found.set(
				message,
				uniqueBy(ofSender, ({ questionId }) => questionId),
			);
		}
	}
	return found;
}

function keysOf(message: MessageEvent, naming: Naming): string[] {
	const { waId, userId } = message.contact;
	return [phoneOf(waId), userId].filter(isKey).map((each) => naming.identifierKey(message, each));
}

const uniqueBy = <Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] =>
	[...new Map(entries.toReversed().map((entry) => [keyOf(entry), entry])).values()].reverse();

/** Taps on questions of this state that answer nothing: answered twice, too late, or by somebody else. */
async function tapsOnOurs(
	messages: readonly MessageEvent[],
	answers: ReadonlyMap<WebhookEvent, unknown>,
	questions: Pick<QuestionStore, 'find'>,
): Promise<MessageEvent[]> {
	const tapped = new Map(
		messages.flatMap((message) => {
			const id = readOptionId(message.replyId)?.questionId;
			return id === undefined || answers.has(message) ? [] : [[message, id] as const];
		}),
	);
	if (tapped.size === 0) return [];
	const known = await questions.find([...new Set(tapped.values())]);
	const ids = new Set(known.map(({ questionId }) => questionId));
	return [...tapped].filter(([, id]) => ids.has(id)).map(([message]) => message);
}
