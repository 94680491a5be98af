import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { MessageContent } from '../../messages/messageType';
import { readTemplateName, type TemplateName } from '../../messages/template/name';
import { optionId } from '../../questions/optionIds';
import type { Step } from '../../questions/question';
import { choiceOf } from '../../values/choice';
import { readParameter } from '../../values/limits';
import { textList } from '../../values/list';
import { rowOf } from '../../values/row';
import { objectOf } from '../../values/unknown';

/** Quick replies that a template can have. */
export const mostQuickReplies = 10;

/** A template that asks in the place of the message. */
export interface AskingTemplate extends TemplateName {
	/** `always`, or only if nobody knows that the person's window is open. */
	when: 'always' | 'outsideWindow';
	/** Of the body; with a name if the template names them. */
	variables: { name: string | null; text: string }[];
}

/** An entry of the options. */
export const templateOption: INodeProperties = {
	displayName: 'Ask by Template',
	name: 'template',
	type: 'fixedCollection',
	placeholder: 'Choose Template',
	default: {},
	description:
		'Asks by an approved template, which may go at any time. Its quick replies stand for the buttons or choices, in their order.',
	options: [
		{
			displayName: 'Ask by Template',
			name: 'settings',
			values: [
				{
					displayName: 'When',
					name: 'when',
					type: 'options',
					options: [
						{ name: 'Always', value: 'always' },
						{
							name: 'If the 24-Hour Window Is Closed',
							value: 'outsideWindow',
							description: 'Also if nobody knows whether it is open',
						},
					],
					default: 'outsideWindow',
				},
				{
					displayName: 'Template',
					name: 'template',
					type: 'string',
					default: '',
					placeholder: 'e.g. order_approval:en_US',
					description: 'Name and language code, as WhatsApp Manager shows them',
				},
				{
					displayName: 'Variables of the Body',
					name: 'variables',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. 4711',
					hint: 'One per line; of a template with named variables, name=value',
				},
			],
		},
	],
};

const readVariable = (line: string): AskingTemplate['variables'][number] => {
	const [, name, text] = /^([a-z][a-z0-9_]*)=(.*)$/.exec(line) ?? [];
	return name === undefined ? { name: null, text: line } : { name, text: text ?? '' };
};

/** Checks these settings. */
export const templateSchema = rowOf((values, problems): AskingTemplate => {
	const { when = 'outsideWindow', template } = values;
	// The list of templates may stand in an expression.
	const written = { template: objectOf(template)['value'] ?? template, language: 'en_US' };
	const name = readTemplateName(written, problems);
	const known = choiceOf(['always', 'outsideWindow']);
	const lines = readParameter(textList(/\n/), values, 'variables', problems) ?? [];
	return {
		...(name ?? { name: '', language: '' }),
		when:
			readParameter<z.ZodType<AskingTemplate['when']>>(known, { when }, 'when', problems) ??
			'always',
		variables: lines.map(readVariable),
	};
});

/**
 * The template as it asks: its quick replies carry the options of the first step.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-message-templates
 */
export function templateOpening(
	{ name, language, variables }: AskingTemplate,
	{ wanted }: Pick<Step, 'wanted'>,
	questionId: string,
): MessageContent {
	const options = wanted.kind === 'choice' ? wanted.options : [];
	const body = variables.map(({ name: parameter_name, text }) => ({
		type: 'text',
		...(parameter_name === null ? {} : { parameter_name }),
		text,
	}));
	const buttons = options.map((_, option) => ({
		type: 'button',
		sub_type: 'quick_reply',
		index: String(option),
		parameters: [{ type: 'payload', payload: optionId({ questionId, step: 0, option }) }],
	}));
	const components = [...(body.length > 0 ? [{ type: 'body', parameters: body }] : []), ...buttons];
	return {
		type: 'template',
		template: {
			name,
			language: { code: language },
			...(components.length > 0 ? { components } : {}),
		},
	};
}
