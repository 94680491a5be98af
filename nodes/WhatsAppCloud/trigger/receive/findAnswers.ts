import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import type { Account } from '../../graph/account';
import { evaluate } from '../../questions/evaluate';
import { readOptionId } from '../../questions/optionIds';
import { readQuestionContent, type QuestionContent } from '../../questions/wait';
import type { InboxStore } from '../../store/inbox/inboxStore';
import {
	answersListener,
	sharedAnswers,
	type OpenFor,
	type OpenQuestion,
	type QuestionStore,
} from '../../store/questions/questionStore';
import { unseal } from '../../store/sealedText';
import type { Store } from '../../store/store';
import { namingOf, type Naming } from './naming';
import type { Wishes } from './people/wishes';
import { isKey, phoneOf } from './address';

/** What of a webhook belongs to questions. */
export interface FoundAnswers {
	/** By event, the question that it may answer. */
	answers: ReadonlyMap<WebhookEvent, Pick<OpenQuestion, 'questionId' | 'waitId'>>;
	/**
	 * What starts no other workflow: answers, also those that Meta delivers again, and taps on what is
	 * not asked any more.
	 */
	withheld: ReadonlySet<WebhookEvent>;
	/** New answers that other workflows get as well. */
	shared: readonly WebhookEvent[];
	/** How many taps were on what is not asked any more. */
	lateTaps: number;
	/** How many questions of the senders were stored under another app secret: nothing answers them. */
	unreadable: number;
}

/** What the state knows of the questions that a webhook's messages may be about. */
export interface AskedSenders {
	/** What people wrote to the business, each with the open questions of its sender, the latest first. */
	open: ReadonlyMap<MessageEvent, readonly OpenFor[]>;
	/** Messages that have answered something before. */
	repeated: ReadonlySet<MessageEvent>;
	/** Those of them that other workflows get as well: one may not have got them yet. */
	shared: ReadonlySet<MessageEvent>;
}

/**
 * Looks up what the senders of a webhook are asked.
 *
 * @throws StateProblem
 */
export async function lookUpAsked(
	events: readonly WebhookEvent[],
	{
		questions,
		inbox,
	}: { questions: Pick<QuestionStore, 'openFor'>; inbox: Pick<InboxStore, 'seen'> },
	naming: Naming,
): Promise<AskedSenders> {
	const messages = events.filter(isPersonal);
	if (messages.length === 0) return { open: new Map(), repeated: new Set(), shared: new Set() };
	const [open, [repeated, shared]] = await Promise.all([
		openFor(messages, questions, naming),
		inbox.seen([answersListener, sharedAnswers], messages.map(eventKey)),
	]);
	const among = (keys: ReadonlySet<string> | undefined) =>
		new Set(messages.filter((message) => keys?.has(eventKey(message)) === true));
	return { open, repeated: among(repeated), shared: among(shared) };
}

/**
 * Finds what answers the questions that people have been asked. A tap belongs to the question it
 * names, any other message to the sender's latest one, if it can be an answer at all. A word to opt
 * out ends the latest one, also if it leaves other texts to other workflows; then they get the word,
 * too.
 *
 * @param consents what messages say about consent
 * @throws StateProblem
 */
export async function findAnswers(
	{ open, repeated, shared: sharedBefore }: AskedSenders,
	{
		questions,
		account,
		consents,
	}: {
		questions: Pick<QuestionStore, 'find'>;
		account: Pick<Account, 'appSecret'>;
		consents: Wishes['consents'];
	},
): Promise<FoundAnswers> {
	const answers = new Map<WebhookEvent, OpenQuestion>();
	const withheld = new Set<WebhookEvent>(
		[...repeated].filter((message) => !sharedBefore.has(message)),
	);
	const shared: WebhookEvent[] = [];
	const unreadable = new Set<string>();
	for (const [message, ofSender] of open) {
		if (repeated.has(message)) continue;
		const readable = ofSender.flatMap((asked) => {
			const content = readContent(asked, account);
			if (content === null) unreadable.add(asked.questionId);
			return content === null ? [] : [{ asked, content }];
		});
		const answered = readable.find(
			({ asked, content }) =>
				evaluate(content.question, asked, asked.questionId, message).kind !== 'unrelated',
		);
		const ended = consents.get(message) === 'optedOut' ? readable[0] : undefined;
		const found = answered ?? ended;
		if (found !== undefined) answers.set(message, found.asked);
		if (answered?.content.startsWorkflows === false) withheld.add(message);
		else if (found !== undefined) shared.push(message);
	}
	const late = await tapsOnOurs(
		[...open.keys()].filter((message) => !answers.has(message) && !repeated.has(message)),
		questions,
	);
	for (const message of late) withheld.add(message);
	return { answers, withheld, shared, lateTaps: late.length, unreadable: unreadable.size };
}

/**
 * The same for a webhook that a published trigger has handed to a test run. That trigger has kept the
 * answers a moment ago, which makes each of them look repeated: here, none is.
 *
 * @throws StateProblem
 */
export async function answersForTestRun(
	events: readonly WebhookEvent[],
	{ questions, inbox }: Pick<Store, 'questions' | 'inbox'>,
	account: Account,
): Promise<FoundAnswers> {
	const { open } = await lookUpAsked(events, { questions, inbox }, namingOf(account));
	const asked = { open, repeated: new Set<MessageEvent>(), shared: new Set<MessageEvent>() };
	return await findAnswers(asked, { questions, account, consents: new Map() });
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
	questions: Pick<QuestionStore, 'find'>,
): Promise<MessageEvent[]> {
	const tapped = new Map(
		messages.flatMap((message) => {
			const id = readOptionId(message.replyId)?.questionId;
			return id === undefined ? [] : [[message, id] as const];
		}),
	);
	if (tapped.size === 0) return [];
	const known = await questions.find([...new Set(tapped.values())]);
	const ids = new Set(known.map(({ questionId }) => questionId));
	return [...tapped].filter(([, id]) => ids.has(id)).map(([message]) => message);
}
