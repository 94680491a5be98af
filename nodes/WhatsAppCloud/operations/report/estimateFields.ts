import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { recipientField } from '../../fields/recipientField';
import { senderField } from '../../fields/senderField';
import { templateFields } from '../../messages/template/name';
import { categories } from '../../pricing/market/category';
import {
	currencyOption,
	currencySchema,
	rateCardFields,
	rateCardShape,
} from '../../pricing/rateCardFields';
import { choiceOf } from '../../values/choice';
import { optionalId, templateName } from '../../values/id';
import { readAt, textual } from '../../values/schema/reading';
import { optionalNumber } from '../../values/numbers';
import { rowOf } from '../../values/row';
import { truth } from '../../values/truth';
import { step } from '../../values/schema/singleStep';

/** The locator of sends, without their words about sending. */
const [templateLocator] = templateFields;

/** Fields that each item has for itself. */
const messageFields: INodeProperties[] = [
	recipientField,
	senderField,
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: [
			{ name: 'Authentication', value: 'authentication' },
			{
				name: 'From the Template',
				value: 'template',
				description: 'Asks Meta, once for each template',
			},
			{ name: 'Marketing', value: 'marketing' },
			{ name: 'Service', value: 'service', description: 'Any message without a template' },
			{ name: 'Utility', value: 'utility' },
		],
		default: 'template',
		description: 'What Meta prices the message as',
	},
	...(templateLocator === undefined
		? []
		: [
				{
					...templateLocator,
					required: false,
					description: 'The template that is going to be sent',
					displayOptions: { show: { category: ['template'] } },
				},
			]),
];

/** Fields that hold for the run. */
export const runFields: INodeProperties[] = [
	...rateCardFields,
	{
		displayName: 'Show',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Markets',
				value: 'markets',
				description: 'An item for each market and category',
			},
			{
				name: 'Recipients',
				value: 'recipients',
				description: 'An item for each recipient, with market and price',
			},
			{ name: 'Summary', value: 'summary', description: 'Everything in one item' },
		],
		default: 'summary',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			currencyOption,
			{
				displayName: 'Look Up at Meta',
				name: 'lookUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to ask Meta for what this month has had so far (free service messages, volume tiers), the currency of the account, and whether its codes have the international rate',
			},
			{
				displayName: 'Service Messages This Month',
				name: 'serviceMessages',
				type: 'number',
				default: 0,
				typeOptions: { minValue: 0 },
				description:
					'How many each sender has sent so far; 1,000 are free. Not needed with Look Up at Meta.',
			},
		],
	},
];

export const estimateFields: INodeProperties[] = [...messageFields, ...runFields];

/** A template by the list's value, such as `order_update:en_US`, or by its name. */
const nameOfTemplate = step((value, context): string => {
	const text = typeof value === 'string' ? (value.split(':')[0] ?? '') : value;
	return readAt(templateName, text, [], context) ?? '';
});

/** Made once, not per item: zod takes longer to make a schema than to read a message with it. */
const sharedSchema = z.object({
	recipient: z.preprocess((value) => value ?? '', textual),
	phoneNumberId: optionalId(64),
	category: z.preprocess(
		(value) => (typeof value === 'string' ? value.trim().toLowerCase() : value),
		choiceOf([...categories, 'template']).default('template'),
	),
});

/** One message, as an item describes it. */
export const messageSchema = rowOf((values, context) => {
	const shared = readAt(sharedSchema, values, [], context);
	if (shared === undefined) return z.NEVER;
	if (shared.category !== 'template') return { ...shared, template: null };
	const template = readAt(nameOfTemplate, values['template'], ['template'], context);
	return template === undefined ? z.NEVER : { ...shared, template };
});

/** What holds for all messages. */
export const runSchema = z.object({
	...rateCardShape,
	mode: choiceOf(['summary', 'markets', 'recipients']).default('summary'),
	options: z.preprocess(
		(value) => value ?? {},
		z.object({
			currency: currencySchema,
			lookUp: truth,
			serviceMessages: optionalNumber({ min: 0, max: 1_000_000_000, unit: 'messages' }),
		}),
	),
});
