import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { GivenRules } from '../../contacts/panel/rulesSchema';
import { recipientField } from '../../fields/recipientField';
import { senderField } from '../../fields/senderField';
import { shownFor } from '../../fields/shownFor';
import { layoutOf } from '../../questions/stepMessage';
import type { Step } from '../../questions/question';
import { reportNoChoice } from '../../values/choice';
import { optionalId } from '../../values/id';
import { checkLength } from '../../values/limits';
import { readAt, requiredText } from '../../values/schema/reading';
import { report, type Problems } from '../../values/schema/singleStep';
import { textList } from '../../values/list';
import { rowOf } from '../../values/row';
import { without } from '../../values/unknown';
import { askByFields, readAskingTemplate, type AskingTemplate } from './askingTemplate';
import { askOptionsField, askOptionsSchema, type AskOptions } from './askOptions';
import { approval } from './responses/approvalResponse';
import { choice } from './responses/choiceResponse';
import { contact } from './responses/contactResponse';
import { form } from './responses/formResponse';
import { freeText } from './responses/freeTextResponse';
import { location } from './responses/locationResponse';
import { media } from './responses/mediaResponse';
import { askRulesField, askRulesSchema } from './askRules';
import type { Asks, ResponseType } from './responseType';

/** The keys are stored values. */
const responseTypes: Record<string, ResponseType> = {
	approval,
	choice,
	freeText,
	form,
	location,
	contact,
	media,
};

const triggerNotice: INodeProperties = {
	displayName:
		'Answers arrive through a <b>WhatsApp Cloud Trigger</b>: publish a workflow with one for the same app, in this n8n. Answers to questions start no workflow of their own.',
	name: 'askNotice',
	type: 'notice',
	default: '',
};

/** What the panel shows. */
export const askFields: INodeProperties[] = [
	triggerNotice,
	senderField,
	{
		...recipientField,
		displayName: 'Recipients',
		hint: 'Several are separated by commas',
		description:
			'Who is asked: a phone number in any format, or a user ID. Several are all asked at once; see Options › Several Recipients.',
	},
	// n8n replaces the field of this name where the node approves the tools of an agent.
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Shall we order 200 more?',
		description: 'What is asked, with WhatsApp formatting',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(responseTypes).map(([value, { name, description }]) => ({
			name,
			value,
			description,
		})),
		default: 'approval',
	},
	...Object.entries(responseTypes).flatMap(([value, { fields }]) =>
		shownFor(fields, 'responseType', value),
	),
	...askByFields,
	askOptionsField,
	askRulesField,
];

/** The checked values of an item. */
export interface AskValues {
	phoneNumberId: string | undefined;
	/** As written. */
	recipients: string[];
	responseType: string;
	asks: Asks;
	/** Asks in the place of the message; null if none does. */
	template: AskingTemplate | null;
	options: AskOptions;
	contactRules: GivenRules;
}

const shared = z.object({
	phoneNumberId: optionalId(64),
	recipient: textList().check(({ value, issues }) => {
		if (value.length === 0) report({ issues }, [], 'is empty', 'missing');
	}),
	message: requiredText(4_096),
	options: askOptionsSchema,
	contactRules: askRulesSchema,
});

/** Checks the values of these fields. */
export const askSchema = rowOf((values, problems): AskValues => {
	const { responseType = 'approval' } = values;
	const known = typeof responseType === 'string' && Object.hasOwn(responseTypes, responseType);
	const type = known ? responseTypes[responseType] : undefined;
	if (type === undefined) {
		reportNoChoice(problems, ['responseType'], Object.keys(responseTypes), responseType);
		return z.NEVER;
	}
	const common = readAt(shared, values, [], problems);
	const own: unknown = readAt(type.schema, without(values, 'options'), [], problems);
	if (common === undefined || own === undefined) return z.NEVER;
	const { phoneNumberId, recipient, message, options, contactRules } = common;
	const asks = type.ask(own, { message, retryText: options.retryText ?? '' });
	for (const step of asks.steps) checkTexts(step, problems);
	const template = readAskingTemplate(values, asks.steps[0], problems);
	return {
		phoneNumberId,
		recipients: recipient,
		responseType: String(responseType),
		asks,
		template,
		options,
		contactRules,
	};
});

const maxTextCharacters = 4_096;
const maxBodyCharacters = 1_024;

/** Meta's limit on the text, which depends on what stands below it. */
function checkTexts({ text, wanted }: Step, problems: Problems): void {
	const isShort =
		wanted.kind === 'location' ||
		wanted.kind === 'flow' ||
		(wanted.kind === 'choice' && layoutOf(wanted.options) === 'buttons');
	checkLength(text, isShort ? maxBodyCharacters : maxTextCharacters, problems, ['message']);
}
