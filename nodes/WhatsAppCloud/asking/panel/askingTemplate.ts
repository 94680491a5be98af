import type { INodeProperties } from 'n8n-workflow';

import { shownFor } from '../../fields/shownFor';
import type { MessageContent } from '../../messages/messageType';
import { template, type TemplateMessage } from '../../messages/template/template';
import { optionId } from '../../questions/optionIds';
import type { Step } from '../../questions/question';
import { choiceOf } from '../../values/choice';
import { readAt, readParameter } from '../../values/schema/reading';
import { report, type Problems } from '../../values/schema/singleStep';
import { isObject, listIn, objectOf, without } from '../../values/unknown';
import type { Values } from '../../values/row';

/** Buttons that a template can have. */
const mostButtons = 10;

/** A template that asks in the place of the message. */
export interface AskingTemplate {
	/** `template` always, or only if nobody knows that the person's window is open. */
	askBy: 'template' | 'templateOutsideWindow';
	/** As Send Template has it; its files may still have to be uploaded. */
	message: TemplateMessage;
}

const askByField: INodeProperties = {
	displayName: 'Ask By',
	name: 'askBy',
	type: 'options',
	options: [
		{
			name: 'Message',
			value: 'message',
			description: 'Goes if the person has written within the last 24 hours',
		},
		{ name: 'Template', value: 'template', description: 'Goes at any time' },
		{
			name: 'Template If the 24-Hour Window Is Closed',
			value: 'templateOutsideWindow',
			description: 'Also if nobody knows whether it is open',
		},
	],
	default: 'message',
	description:
		'A template asks in the place of the message. Its quick replies stand for the buttons or choices, in their order.',
};

/** The choice between message and template, and what Send Template has. */
export const askByFields: INodeProperties[] = [
	askByField,
	...shownFor(template.fields, askByField.name, ['template', 'templateOutsideWindow']),
];

const ways = choiceOf(['message', 'template', 'templateOutsideWindow']).prefault('message');

/** @returns null if no template asks, or a problem was reported */
export function readAskingTemplate(
	values: Values,
	step: Step | undefined,
	problems: Problems,
): AskingTemplate | null {
	const askBy = readParameter(ways, values, askByField.name, problems);
	if (askBy === undefined || askBy === 'message' || step === undefined) return null;
	// The options are those of the question.
	const message = readAt(template.schema, without(values, 'options'), [], problems);
	if (message === undefined) return null;
	checkButtons(message, step, problems);
	return { askBy, message };
}

/** A button that the message gives a value to. */
interface GivenButton {
	kind: string;
	place: number;
}

const isButton = (component: unknown): component is Record<string, unknown> =>
	isObject(component) && String(component['type']).toLowerCase() === 'button';

const kindOf = (button: Record<string, unknown>): string =>
	String(button['sub_type']).toLowerCase();

/** What the panel or JSON gives, also while files are still to be uploaded. */
const givenButtons = ({ read, given }: TemplateMessage): GivenButton[] => [
	...listIn(objectOf(read)['buttons'])
		.map(objectOf)
		.map(({ kind, index }) => ({ kind: String(kind), place: Number(index) })),
	...given
		.filter(isButton)
		.map((button) => ({ kind: kindOf(button), place: Number(button['index']) })),
];

/** The buttons that answer: their kind, what the editor calls their inputs, and their values. */
function answeringButtons({ wanted }: Pick<Step, 'wanted'>, questionId: string) {
	const at = { questionId, step: 0 };
	switch (wanted.kind) {
		case 'choice': {
			const values = wanted.options.map((_, option) => ({
				type: 'payload',
				payload: optionId({ ...at, option }),
			}));
			return { kind: 'quick_reply', input: /^button\.(\d+)\.payload$/, values };
		}
		case 'flow': {
			const action = { flow_token: optionId({ ...at, option: 0 }) };
			const values = [{ type: 'action', action }];
			return { kind: 'flow', input: /^button\.(\d+)\.token$/, values };
		}
		default:
			return null;
	}
}

type Answering = NonNullable<ReturnType<typeof answeringButtons>>;

/**
 * The places of the buttons that answer: those that the message gives a value to, or that the panel
 * knows the template to have.
 *
 * @returns null if neither says anything of them
 */
function knownPlaces(message: TemplateMessage, { kind, input }: Answering): number[] | null {
	const given = givenButtons(message).filter((button) => button.kind === kind);
	const own = given.map(({ place }) => place);
	const plan = message.mapped()?.plan;
	if (plan === undefined || plan === null) return own.length === 0 ? null : own;
	const ofPlan = plan.inputs.flatMap(({ id }) => input.exec(id)?.[1] ?? []).map(Number);
	return [...new Set([...own, ...ofPlan])].sort((a, b) => a - b);
}

/** Reports choices that the template has no button for. */
function checkButtons(message: TemplateMessage, step: Step, problems: Problems): void {
	const answering = answeringButtons(step, '');
	if (answering === null || problems.issues.length > 0) return;
	const wanted = answering.values.length;
	const there = knownPlaces(message, answering)?.length ?? mostButtons;
	if (wanted <= there) return;
	const [one, many] =
		answering.kind === 'flow' ? ['Flow button', 'Flow buttons'] : ['quick reply', 'quick replies'];
	const problem = `has ${there} ${there === 1 ? one : many}, but ${wanted} ${wanted === 1 ? 'is' : 'are'} needed to answer`;
	report(problems, ['template'], problem, 'tooFew');
}

/**
 * The template as it asks: its quick replies carry the options of the first step, and its Flow button
 * the question.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-message-templates
 *
 * @param message whose files are uploaded
 */
export function templateOpening(
	message: TemplateMessage,
	step: Pick<Step, 'wanted'>,
	questionId: string,
): MessageContent {
	const [content = { type: 'template' }] = [template.build(message)].flat();
	const answering = answeringButtons(step, questionId);
	if (answering === null) return content;
	const { kind, values } = answering;
	const taken = new Set(givenButtons(message).map(({ place }) => place));
	const free = [...Array(mostButtons).keys()].filter((place) => !taken.has(place));
	const places = knownPlaces(message, answering) ?? free;
	const buttons = values.map((value, order) => ({
		type: 'button',
		sub_type: kind,
		index: String(places[order]),
		parameters: [value],
	}));
	const own = objectOf(content['template']);
	const others = listIn(own['components']).filter(
		(component) => !(isButton(component) && kindOf(component) === kind),
	);
	return { ...content, template: { ...own, components: [...others, ...buttons] } };
}
