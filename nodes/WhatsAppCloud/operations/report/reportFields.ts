import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { periodFields, periodShape, timeZoneOption, timeZoneSchema } from '../../fields/period';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { optionalText, requiredText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { shownResults } from '../../report/results';
import { messageResults } from '../../store/reports/reportStore';
import { choiceList } from '../../values/list';
import { numberOr } from '../../values/numbers';
import { truth } from '../../values/truth';

const ofLists = ['messages', 'open'];
const ofMany = ['summary', ...ofLists];

export const deliveryReportFields: INodeProperties[] = [
	{
		displayName: 'Show',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Messages',
				value: 'messages',
				description: 'One item for each message, with its timeline and error',
			},
			{
				name: 'One Message',
				value: 'message',
				description: 'The timeline of one message, by its ID',
			},
			{
				name: 'Open Messages',
				value: 'open',
				description: 'Messages that may have been sent or not',
			},
			{
				name: 'Summary',
				value: 'summary',
				description: 'Counts, rates, latencies and errors in one item',
			},
		],
		default: 'summary',
	},
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. wamid.HBgL…',
		description: 'The <code>messageId</code> or <code>operationId</code> of a send',
		displayOptions: { show: { mode: ['message'] } },
	},
	...periodFields({ mode: ofMany }),
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'string',
		default: '',
		placeholder: 'e.g. Spring sale',
		description: 'The name set under Delivery › Campaign. Leave empty for all messages.',
		displayOptions: { show: { mode: ofMany } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { mode: ofLists } },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { mode: ofLists, returnAll: [false] } },
	},
	{
		displayName: 'Create HTML Report',
		name: 'htmlReport',
		type: 'boolean',
		default: false,
		description:
			'Whether to add a page with charts as a file, to send by mail, store or print. It loads nothing from the internet.',
		displayOptions: { show: { mode: ['summary'] } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: { mode: ['summary'], htmlReport: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { mode: ofMany } },
		options: [
			{
				displayName: 'Execution ID',
				name: 'executionId',
				type: 'string',
				default: '',
				description: 'Only messages of this execution',
			},
			{
				displayName: 'Newest First',
				name: 'newestFirst',
				type: 'boolean',
				default: true,
				description: 'Whether the list begins with the newest message',
				displayOptions: { show: { '/mode': ['messages'] } },
			},
			{
				displayName: 'Open for at Least',
				name: 'openMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 60,
				hint: 'In minutes',
				description: 'Leaves out recent messages, whose status may still arrive',
				displayOptions: { show: { '/mode': ['open'] } },
			},
			{
				displayName: 'Results',
				name: 'results',
				type: 'multiOptions',
				options: shownResults
					.map(({ result, label, meaning }) => ({
						name: label,
						value: result,
						description: meaning,
					}))
					.sort((a, b) => a.name.localeCompare(b.name)),
				default: [],
				description: 'How far the messages got. Leave empty for all.',
				displayOptions: { show: { '/mode': ['messages'] } },
			},
			{
				displayName: 'Sender ID',
				name: 'phoneNumberId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 106540352242922',
				description: 'Only messages from this phone number ID',
			},
			timeZoneOption,
			{
				displayName: 'Workflow ID',
				name: 'workflowId',
				type: 'string',
				default: '',
				description: 'Only messages of this workflow',
			},
		],
	},
];

export const deliveryReportSchema = z
	.object({
		mode: choiceOf(['summary', 'messages', 'message', 'open']).default('summary'),
		messageId: optionalId(512),
		...periodShape,
		campaign: optionalText(255),
		returnAll: truth,
		limit: numberOr(50, { min: 1, max: Infinity }),
		htmlReport: truth,
		outputField: requiredText(256).default('data'),
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				executionId: optionalId(255),
				newestFirst: truth.default(true),
				openMinutes: numberOr(0, { min: 0, max: 525_600, unit: 'minutes', decimals: true }),
				phoneNumberId: optionalId(64),
				results: choiceList(choiceOf(messageResults)),
				timeZone: timeZoneSchema,
				workflowId: optionalId(255),
			}),
		),
	})
	.check(({ value: { mode, messageId }, issues }) => {
		if (mode !== 'message' || messageId !== undefined) return;
		report({ issues }, ['messageId'], 'is empty; enter messageId or operationId of a send');
	});

export type DeliveryReportValues = z.output<typeof deliveryReportSchema>;
