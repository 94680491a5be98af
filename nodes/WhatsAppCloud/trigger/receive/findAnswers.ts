import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import type { Account } from '../../graph/account';
import { evaluate } from '../../questions/evaluate';
import { readOptionId } from '../../questions/optionIds';
import { readQuestionContent, type QuestionContent } from '../../questions/wait';
import type { OpenFor, OpenQuestion, QuestionStore } from '../../store/questions/questionStore';
import { unseal } from '../../store/sealedText';
import type { Naming } from './naming';
import { isKey, phoneOf } from './address';

/** What of a webhook belongs to questions. */
export interface FoundAnswers {
	/** By event, the question that it may answer. */
	answers: ReadonlyMap<WebhookEvent, Pick<OpenQuestion, 'questionId' | 'waitId'>>;
	/** Answers that start no other workflow; and taps on what is not asked any more, which do nothing. */
	kept: ReadonlySet<WebhookEvent>;
	/** How many questions of the senders were stored under another app secret: nothing answers them. */
	unreadable: number;
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
	const unreadable = new Set<string>();
	for (const message of messages) {
		for (const asked of open.get(message) ?? []) {
			const content = readContent(asked, account);
			if (content === null) {
				unreadable.add(asked.questionId);
				continue;
			}
			const verdict = evaluate(content.question, asked, asked.questionId, message);
			if (verdict.kind === 'unrelated') continue;
			answers.set(message, asked);
			if (!content.startsWorkflows) kept.add(message);
			break;
		}
	}
	for (const message of await tapsOnOurs(messages, answers, questions)) kept.add(message);
	return { answers, kept, unreadable: unreadable.size };
}

/** What a person wrote to the business: a group or an echo answers no question. */
const isPersonal = (event: WebhookEvent): event is MessageEvent<'message'> =>
	event.event === 'message' && event.direction === 'inbound' && event.groupId === undefined;

/** @returns null if it was stored under another app secret */
function readContent(
	{ content }: OpenQuestion,
	{ appSecret }: Pick<Account, 'appSecret'>,
): QuestionContent | null {
	const json = unseal(content, appSecret);
	return json === null ? null : readQuestionContent(json);
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
