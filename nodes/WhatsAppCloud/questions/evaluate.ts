import type { MessageEvent } from '../events/messages/messageEvent';
import { matchOption } from './matchOption';
import { readOptionId } from './optionIds';
import type { Answer, Choice, Progress, Question, Step, Wanted } from './question';
import { readText } from './readText';

/** What a message means for a question that its sender has been asked. */
export type Verdict =
	| { kind: 'answer'; answer: Answer }
	/** `reason` continues the sentence `The answer …`. */
	| { kind: 'wrong'; reason: string }
	/** The person wants to see other options. */
	| { kind: 'page'; page: number }
	/** A tap on what was asked before: it changes nothing. */
	| { kind: 'stale' }
	/** It does not belong to the question. */
	| { kind: 'unrelated' };

/** The parts of a message that can answer. */
export type Reply = Pick<
	MessageEvent,
	'type' | 'text' | 'replyId' | 'media' | 'location' | 'sharedContacts' | 'flow'
>;

/**
 * Holds a message against the step that is being asked. A tap that names another question is
 * unrelated; one that names an earlier step is stale.
 */
export function evaluate(
	{ steps }: Question,
	{ step: index }: Pick<Progress, 'step'>,
	questionId: string,
	reply: Reply,
): Verdict {
	const step = steps[index];
	if (step === undefined) return { kind: 'unrelated' };
	const tapped = readOptionId(reply.replyId ?? reply.flow?.token ?? null);
	if (tapped !== null) {
		if (tapped.questionId !== questionId) return { kind: 'unrelated' };
		if (tapped.step !== index) return { kind: 'stale' };
		if ('page' in tapped) return { kind: 'page', page: tapped.page };
		if (step.wanted.kind === 'flow' && reply.flow !== undefined) return flowAnswer(reply);
		return chosen(step, tapped.option) ?? { kind: 'stale' };
	}
	if (reactsOnly(reply)) return { kind: 'unrelated' };
	return verdictOn(step.wanted, step, reply);
}

/** What is no message in its own right: it says nothing new. */
const reactsOnly = ({ type }: Reply): boolean =>
	['reaction', 'edit', 'revoke', 'system'].includes(type);

function verdictOn(wanted: Wanted, step: Step, reply: Reply): Verdict {
	switch (wanted.kind) {
		case 'choice':
			return verdictOnChoice(wanted, step, reply);
		case 'text': {
			if (reply.type !== 'text' || reply.text === null) return wrongKind(reply, 'a text');
			const read = readText(reply.text, wanted);
			return 'reason' in read
				? { kind: 'wrong', reason: read.reason }
				: answered({ text: reply.text, value: read.value });
		}
		case 'flow':
			return reply.flow === undefined ? wrongKind(reply, 'the form') : flowAnswer(reply);
		case 'location':
			return reply.location === undefined
				? wrongKind(reply, 'a location')
				: answered({ text: reply.text, value: reply.location });
		case 'contact':
			return reply.sharedContacts === undefined
				? wrongKind(reply, 'a contact')
				: answered({ text: reply.text, value: reply.sharedContacts });
		case 'media':
			return verdictOnFile(wanted, reply);
	}
}

function verdictOnChoice(
	{ options, tapsOnly, otherText }: Choice,
	step: Step,
	reply: Reply,
): Verdict {
	// What stands below a picture is about the picture.
	const written = withWords.includes(reply.type) ? reply.text : null;
	const index = written === null || tapsOnly ? null : matchOption(written, options);
	const matched = index === null ? null : chosen(step, index);
	if (matched !== null) return matched;
	if (otherText === 'leave') return { kind: 'unrelated' };
	if (otherText === 'askAgain') return { kind: 'wrong', reason: 'is none of the options' };
	return written === null
		? wrongKind(reply, 'a text')
		: answered({ text: written, value: written });
}

/** Types of messages whose text somebody has written, or is the label of what they have tapped. */
const withWords: readonly string[] = ['text', 'button', 'interactive'];

function chosen({ wanted }: Step, index: number): Verdict | null {
	const option = wanted.kind === 'choice' ? wanted.options[index] : undefined;
	if (option === undefined) return null;
	const { id, title } = option;
	return { kind: 'answer', answer: { id, title, text: title, value: id } };
}

function verdictOnFile(
	{ types, mimeTypes }: Extract<Wanted, { kind: 'media' }>,
	{ type, text, media }: Reply,
): Verdict {
	if (media === null) return wrongKind({ type }, 'a file');
	if (!types.includes(media.type)) return wrongKind({ type }, types.join(' or '));
	const mimeType = media.mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (mimeTypes.length > 0 && !mimeTypes.some((each) => isOfType(mimeType, each))) {
		return { kind: 'wrong', reason: `is of type ${mimeType}, not ${mimeTypes.join(' or ')}` };
	}
	return answered({ text, value: null });
}

const isOfType = (mimeType: string, wanted: string): boolean =>
	wanted.endsWith('/*')
		? mimeType.startsWith(wanted.slice(0, -1).toLowerCase())
		: mimeType === wanted.toLowerCase();

const flowAnswer = ({ text, flow }: Reply): Verdict =>
	answered({ text, value: flow?.answers ?? null });

const answered = ({ text, value }: Pick<Answer, 'text' | 'value'>): Verdict => ({
	kind: 'answer',
	answer: { id: null, title: null, text, value },
});

const wrongKind = ({ type }: Pick<Reply, 'type'>, wanted: string): Verdict => ({
	kind: 'wrong',
	reason: `is of type ${type}, not ${wanted}`,
});
