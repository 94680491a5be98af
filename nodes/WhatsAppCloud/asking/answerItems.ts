import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { MessageEvent } from '../events/messages/messageEvent';
import type { ItemShape } from '../node/itemShape';
import { decisiveIn, replyOf, type Given } from '../questions/asked';
import { decide, isApproved, SKIP } from '../questions/decide';
import type { Request } from '../questions/wait';
import type { QuestionState } from '../store/questions/questionStore';
import { isoTime } from '../values/timestamp';
import { without } from '../values/unknown';
import type { AskedQuestion, StoredWait } from './storedWait';

/** Shape of an answered item. */
export const answerShape = {
	approved: 'boolean',
	denialReason: 'string',
	answer: { id: 'string', title: 'string', text: 'string', value: 'string' },
	from: { recipient: 'string', waId: 'string', userId: 'string', name: 'string' },
	askedAt: 'string',
	answeredAt: 'string',
	durationSeconds: 'integer',
	message: { type: 'string', id: 'string', text: 'string', timestamp: 'string' },
	questionId: 'string',
	itemIndex: 'integer',
} as const satisfies ItemShape;

/** A file that answers, or why it could not be fetched. */
export type AnswerFile = { file: IBinaryData } | { problem: string };

/** Files by the message that brought them. */
export type AnswerFiles = ReadonlyMap<MessageEvent, AnswerFile>;

/** Why an item has no answer. The values are in items, so they must not change. */
type NoAnswerReason =
	| 'noAnswer'
	| 'attempts'
	| 'cancelled'
	| 'replaced'
	| 'optedOut'
	| 'notSent'
	| 'tooFew'
	| 'questionOpen';

/** By the state of its question. */
const reasons: Record<QuestionState, NoAnswerReason> = {
	queued: 'noAnswer',
	asking: 'noAnswer',
	open: 'noAnswer',
	answered: 'tooFew',
	timedOut: 'noAnswer',
	exhausted: 'attempts',
	settled: 'tooFew',
	cancelled: 'cancelled',
	replaced: 'replaced',
	optedOut: 'optedOut',
	failed: 'notSent',
	lost: 'cancelled',
};

/** The items of both outputs, answered and timed out; of the only one if tools are approved. */
export function answerItems(
	wait: StoredWait,
	questions: readonly AskedQuestion[],
	files: AnswerFiles,
): INodeExecutionData[][] {
	const answered: INodeExecutionData[] = wait.left.map(({ itemIndex, json }) => ({
		json,
		pairedItem: { item: itemIndex },
	}));
	const timedOut: INodeExecutionData[] = [];
	for (const request of wait.requests) {
		const own = questions.filter(({ itemIndex }) => itemIndex === request.itemIndex);
		const isAnswered = decide(request.rule, own.map(replyOf)) === 'answered';
		(isAnswered ? answered : timedOut).push(toItem(request, own, files, isAnswered, wait));
	}
	const outputs = wait.isReview ? [[...answered, ...timedOut]] : [answered, timedOut];
	return outputs.map((items) => items.sort(byItem));
}

const byItem = (a: INodeExecutionData, b: INodeExecutionData): number => indexOf(a) - indexOf(b);

const indexOf = ({ pairedItem }: INodeExecutionData): number =>
	typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;

function toItem(
	{ itemIndex, rule }: Request,
	questions: readonly AskedQuestion[],
	files: AnswerFiles,
	isAnswered: boolean,
	{ outputField, isReview }: StoredWait,
): INodeExecutionData {
	const replied = questions
		.filter(({ state }) => state === 'answered')
		.sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0));
	const shown = replied.at(-1) ?? questions.find(({ given }) => given.length > 0) ?? questions[0];
	const last = shown === undefined ? undefined : decisiveIn(shown);
	const binary: Record<string, IBinaryData> = {};
	const keep = (given: Given): IDataObject => {
		const found = files.get(given.event);
		if (found === undefined) return {};
		if ('problem' in found) return { file: null, fileProblem: found.problem };
		const count = Object.keys(binary).length;
		const field = count === 0 ? outputField : `${outputField}${count + 1}`;
		binary[field] = found.file;
		return { file: field };
	};
	const approved = isAnswered && isApproved(rule, questions.map(replyOf));
	const reason = isAnswered ? null : reasonOf(questions);
	const json: IDataObject = {
		...(rule.isApproval ? { approved } : {}),
		...(isReview && !approved ? feedbackOf(questions, reason) : {}),
		...(reason === null ? {} : { reason }),
		...(questions.some(asksWhy) ? { denialReason: denialReasonIn(questions) } : {}),
		answer: isAnswered && last !== undefined ? answerOf(last, keep) : null,
		...(shown !== undefined && shown.question.steps.length > 1 && !asksWhy(shown)
			? { answers: answersOf(shown, keep) }
			: {}),
		from: shown === undefined ? null : personOf(shown),
		...timesOf(shown),
		message: last === undefined ? null : messageOf(last.event),
		questionId: shown?.questionId ?? null,
		// n8n links what a resumed node returns by its place in the output.
		itemIndex,
		...(questions.length > 1 ? { replies: questions.map((each) => replyJson(each)) } : {}),
	};
	return {
		json,
		...(Object.keys(binary).length > 0 ? { binary } : {}),
		pairedItem: { item: itemIndex },
	};
}

const asksWhy = ({ question }: AskedQuestion): boolean =>
	question.steps.some(({ onlyAfter }) => onlyAfter !== undefined);

/** What those who have denied wrote as their reason; null if nobody did. */
function denialReasonIn(questions: readonly AskedQuestion[]): string | null {
	const written = questions.flatMap(({ given, question }) =>
		given.flatMap(({ answer }, index) => {
			const isReason = question.steps[index]?.onlyAfter !== undefined;
			return isReason && answer.id !== SKIP && answer.text !== null ? [answer.text] : [];
		}),
	);
	return written.length === 0 ? null : written.join('\n');
}

/** What the model reads of a refused tool call. n8n's agent has words of its own without any. */
function feedbackOf(
	questions: readonly AskedQuestion[],
	reason: NoAnswerReason | null,
): IDataObject {
	const written = denialReasonIn(questions);
	if (written !== null) return { chatInput: written };
	if (reason === null) return {};
	return { chatInput: `Not approved: ${reviewReasons[reason]}` };
}

/** Why a tool call was not approved, by the reason in the item. */
const reviewReasons: Record<NoAnswerReason, string> = {
	noAnswer: 'nobody has answered in time.',
	attempts: 'no answer could be understood.',
	cancelled: 'the request was cancelled.',
	replaced: 'a later request took its place.',
	optedOut: 'the approver wants no more messages.',
	notSent: 'the request could not be sent.',
	tooFew: 'too few have approved.',
	questionOpen: 'the approver has not answered an earlier request yet.',
};

/** What most likely kept the answer away. */
function reasonOf(questions: readonly AskedQuestion[]): NoAnswerReason {
	if (questions.length === 0) return 'questionOpen';
	const open = questions.filter(({ state }) => state !== 'answered');
	const causes = open.map(({ state }) => reasons[state]);
	return (
		causes.find((each) => each === 'noAnswer') ??
		causes.find((each) => each !== 'tooFew') ??
		'tooFew'
	);
}

const answerOf = (given: Given, keep: (given: Given) => IDataObject): IDataObject => ({
	...answerJson(given),
	...keep(given),
});

/** A file has no value; what else answers is JSON. */
const answerJson = ({ answer }: Given): IDataObject => ({ ...answer }) as IDataObject;

/** The answers of a form so far, by the names of the steps. */
const answersOf = (
	{ given, question }: AskedQuestion,
	keep: (given: Given) => IDataObject,
): IDataObject =>
	Object.fromEntries(
		question.steps.map(({ name }, index) => {
			const one = given[index];
			return [name, one === undefined ? null : answerOf(one, keep)];
		}),
	);

function personOf({ recipient, given }: AskedQuestion): IDataObject {
	const contact = given.at(-1)?.event.contact;
	return {
		recipient,
		waId: contact?.waId ?? null,
		userId: contact?.userId ?? null,
		name: contact?.name ?? null,
	};
}

function timesOf(question: AskedQuestion | undefined): IDataObject {
	const { askedAt = null, closedAt = null, state } = question ?? {};
	const answeredAt = state === 'answered' ? closedAt : null;
	return {
		askedAt: isoTime(askedAt),
		answeredAt: isoTime(answeredAt),
		durationSeconds:
			askedAt === null || answeredAt === null ? null : Math.round((answeredAt - askedAt) / 1_000),
	};
}

/** One of several people who were asked. */
const replyJson = (question: AskedQuestion): IDataObject => ({
	...personOf(question),
	state: question.state,
	answer: lastAnswer(question),
	...timesOf(question),
	...(question.problem === null ? {} : { problem: question.problem }),
});

function lastAnswer(question: AskedQuestion): IDataObject | null {
	const last = decisiveIn(question);
	return last === undefined ? null : answerJson(last);
}

/** The message as the trigger's items have it. */
const messageOf = (event: MessageEvent): IDataObject => without({ ...event }, 'raw') as IDataObject;
