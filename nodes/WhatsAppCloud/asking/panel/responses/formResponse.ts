import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { shownFor } from '../../../fields/shownFor';
import { flow } from '../../../messages/interactive/flow';
import type { MessageContent } from '../../../messages/messageType';
import { optionId } from '../../../questions/optionIds';
import type { Step } from '../../../questions/question';
import { choiceOf } from '../../../values/choice';
import { readAt, readParameter } from '../../../values/schema/reading';
import { checkUnique, listOf } from '../../../values/list';
import { rowOf, type Problems, type Values } from '../../../values/row';
import { objectOf } from '../../../values/unknown';
import { formQuestion, formQuestionFields } from '../formQuestions';
import { defineResponse, type Asks, type SharedTexts } from '../responseType';

const mostQuestions = 20;
const formTypes = ['questions', 'flow'] as const;

/** The fields of a Flow message that remain if the question is its text. */
const flowNames = ['flow', 'buttonText', 'flowAction', 'flowScreen', 'flowData'];
const flowModeField: INodeProperties[] = (flow.options ?? []).filter(
	({ name }) => name === 'flowMode',
);
const flowFields = [
	...flow.fields.filter(({ name }) => flowNames.includes(name)),
	...flowModeField,
];

const questionList = listOf(formQuestion, { min: 1, max: mostQuestions }, 'question').check(
	(context) => checkUnique(context, 'name'),
);

/** Several answers: a Flow, or question after question. */
export const form = defineResponse({
	name: 'Form',
	description: 'Several answers: question after question, or a WhatsApp Flow',
	fields: [
		{
			displayName: 'Form Type',
			name: 'formType',
			type: 'options',
			options: [
				{
					name: 'Question After Question',
					value: 'questions',
					description: 'Asks in the chat, and checks each answer',
				},
				{ name: 'WhatsApp Flow', value: 'flow', description: 'Opens a form inside WhatsApp' },
			],
			default: 'questions',
		},
		...shownFor(formQuestionFields, 'formType', 'questions'),
		...shownFor(flowFields, 'formType', 'flow'),
	],
	schema: rowOf((values, problems): ((texts: SharedTexts) => Asks) => {
		const { formType = 'questions' } = values;
		const type = readParameter(choiceOf(formTypes), { formType }, 'formType', problems);
		if (type === 'flow') return readFlow(values, problems);
		const steps = readParameter(questionList, values, 'questions', problems) ?? [];
		return (texts) => ({ steps: withIntroduction(steps, texts) });
	}),
	ask: (asks, texts) => asks(texts),
});

/** The message stands above the first question. */
const withIntroduction = (steps: readonly Step[], { message, retryText }: SharedTexts): Step[] =>
	steps.map((step, index) => ({
		...step,
		text: index === 0 ? `${message}\n\n${step.text}` : step.text,
		retryText: step.retryText === '' ? retryText : step.retryText,
	}));

function readFlow(values: Values, problems: Problems): (texts: SharedTexts) => Asks {
	const { flowMode, message } = values;
	const own = Object.fromEntries(flowNames.map((name) => [name, values[name]]));
	const options = flowMode === undefined ? {} : { flowMode };
	const given = { ...own, body: message, headerType: 'none', options };
	const read = readAt(flow.schema, given, [], problems);
	if (read === undefined) return z.NEVER;
	const [content] = [flow.build(read)].flat();
	return ({ message: text, retryText }) => ({
		steps: [{ name: 'answer', text, retryText, wanted: { kind: 'flow' } }],
		opening: (questionId) => withToken(content, questionId),
	});
}

/** Meta returns the token with the answers, which says whose they are. */
function withToken(content: MessageContent | undefined, questionId: string): MessageContent {
	const token = optionId({ questionId, step: 0, option: 0 });
	const interactive = objectOf(content?.['interactive']);
	const action = objectOf(interactive['action']);
	const parameters = { ...objectOf(action['parameters']), flow_token: token };
	return {
		type: 'interactive',
		...content,
		interactive: { ...interactive, action: { ...action, parameters } },
	};
}
