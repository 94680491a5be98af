import { z } from 'zod/v4';
import { accountKeyOf, identifierKey } from '../../../graph/identifiers';
import { collectPages, limitFields, limitShape } from '../../../node/limitedList';
import { defineOperation } from '../../../node/operation';
import { requireStore } from '../../../node/requireStore';
import { choiceOf } from '../../../values/choice';
import { optionalId } from '../../../values/id';
import { listOf } from '../../../values/list';
import { optionalText } from '../../../values/schema/reading';
import { parsePerson, recipientAddress } from '../../../values/recipient';
import { questionItem, questionShape } from './questionItem';
import { groupNames, questionGroups, statesOf } from './questionStates';

/** Lists what Send and Wait has asked. */
export const getQuestions = defineOperation({
	name: 'Get Questions',
	action: 'Get questions',
	description: 'List the questions of Send and Wait for Response, such as those that are open',
	fields: [
		{
			displayName: 'States',
			name: 'states',
			type: 'multiOptions',
			options: Object.entries(questionGroups).map(([value, { name, description }]) => ({
				name,
				value,
				description,
			})),
			default: ['open'],
			hint: 'Leave empty for all',
			description: 'Which questions to list, oldest first',
		},
		...limitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Execution ID',
					name: 'executionId',
					type: 'string',
					default: '',
					description: 'Only questions of this execution',
				},
				{
					displayName: 'Recipient',
					name: 'recipient',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1 555 123 4567',
					description:
						'Only questions to this phone number or user ID, as it was when they were asked',
				},
				{
					displayName: 'Sender ID',
					name: 'phoneNumberId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 106540352242922',
					description: 'Only questions from this phone number ID',
				},
				{
					displayName: 'Workflow ID',
					name: 'workflowId',
					type: 'string',
					default: '',
					description: 'Only questions of this workflow',
				},
			],
		},
	],
	schema: z.object({
		states: listOf(choiceOf(groupNames), { min: 0, max: Infinity }),
		...limitShape,
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				executionId: optionalId(255),
				recipient: optionalText(255),
				phoneNumberId: optionalId(64),
				workflowId: optionalId(255),
			}),
		),
	}),
	outputSchema: questionShape,
	concurrency: 1,
	async execute(run, { states, returnAll, limit, options }) {
		const { account } = run;
		const store = await requireStore(run);
		const { executionId, recipient, phoneNumberId, workflowId } = options;
		const person =
			recipient === undefined
				? undefined
				: recipientAddress(parsePerson(recipient, account.defaultCountry, 'Recipient'));
		const filter = {
			accountKey: accountKeyOf(account),
			states: statesOf(states),
			...(executionId === undefined ? {} : { executionId }),
			...(person === undefined ? {} : { personKey: identifierKey(account, person) }),
			...(phoneNumberId === undefined ? {} : { phoneNumberId }),
			...(workflowId === undefined ? {} : { workflowId }),
		};
		const questions = await collectPages(run, { returnAll, limit }, (page) =>
			store.questions.list({ ...filter, ...page }),
		);
		return questions.map((question) => ({ json: questionItem(question, account) }));
	},
});
