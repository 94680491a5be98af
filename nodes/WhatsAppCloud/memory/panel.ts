import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { senderField } from '../fields/senderField';
import { recipientField } from '../fields/recipientField';
import type { HistoryRequest } from './readHistory';
import { mostMessages } from './readHistory';
import { textAuthors, type TextAuthor } from '../store/texts/textStore';
import { dayMs } from '../time/durations';
import { choiceOf } from '../values/choice';
import { choiceList } from '../values/list';
import { numberOr, optionalNumber } from '../values/numbers';
import { truth } from '../values/truth';

const authorNames: Readonly<Record<TextAuthor, string>> = {
	contact: 'Contact',
	workflow: 'Workflows',
	campaign: 'Campaigns',
	person: 'People in the WhatsApp Business App',
	other: 'Other Apps and Agents',
};

/** Whose conversation is read, where a trigger says it. */
export const conversationFields: INodeProperties[] = [
	{
		...recipientField,
		displayName: 'Contact',
		name: 'contact',
		required: false,
		placeholder: 'The person whose message started the workflow',
		description:
			'Phone number or user ID. Leave empty for the person whose message started the workflow.',
	},
	{
		...senderField,
		displayName: 'Phone Number',
		description:
			"The business phone number of the conversation. Leave empty for the one that got the message, or else the credential's default phone number.",
	},
];

/** How many messages are read. */
export const messageCountField: INodeProperties = {
	displayName: 'Messages',
	name: 'messageCount',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: mostMessages },
	default: 20,
	description: 'How many messages to read, the newest',
};

const filesOption: INodeProperties = {
	displayName: 'Files',
	name: 'includeFiles',
	type: 'boolean',
	default: true,
	description:
		'Whether to include images, voice messages and other files, as lines such as "[image] The broken pot"',
};

/** Which messages are read. */
export const historyOptions: INodeProperties[] = [
	filesOption,
	{
		displayName: 'Maximum Age in Days',
		name: 'maxAgeDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 7,
		description: 'Leave out messages that are older. A fraction is possible: 0.5 for 12 hours.',
	},
	{
		displayName: 'Messages From',
		name: 'authors',
		type: 'multiOptions',
		options: textAuthors.map((value) => ({ name: authorNames[value], value })),
		default: [...textAuthors],
		description: 'Whose messages to include',
	},
];

/** Schemas of `historyOptions`. */
export const historyOptionShape = {
	includeFiles: truth,
	maxAgeDays: optionalNumber({ min: 0, max: 3_650, unit: 'days', decimals: true }),
	authors: choiceList(choiceOf(textAuthors)),
};

const historySchema = z.object({
	messageCount: numberOr(Number(messageCountField.default), {
		min: 1,
		max: mostMessages,
		unit: 'messages',
	}),
	options: z.object(historyOptionShape).partial().prefault({}),
});

/** Schemas of `messageCountField` and the options. */
export const historyShape = historySchema.shape;

/** Which messages the values ask for. */
export function historyFilter({
	messageCount,
	options,
}: z.output<typeof historySchema>): Pick<
	HistoryRequest,
	'limit' | 'maxAgeMs' | 'authors' | 'includesFiles'
> {
	const { includeFiles = filesOption.default === true, maxAgeDays, authors = [] } = options;
	return {
		limit: messageCount,
		maxAgeMs: maxAgeDays === undefined ? null : maxAgeDays * dayMs,
		authors,
		includesFiles: includeFiles,
	};
}
