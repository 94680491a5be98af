import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	currencyOption,
	currencySchema,
	rateCardFields,
	rateCardShape,
} from '../../pricing/rateCardFields';
import { choiceOf } from '../../values/choice';
import { requiredNumber } from '../../values/numbers';
import { truth } from '../../values/truth';

/** A limit needs prices. */
const withPrices = rateCardFields.map((field) =>
	field.name === 'rateCardSource'
		? {
				...field,
				options:
					field.options?.filter((option) => !('value' in option && option.value === 'none')) ?? [],
			}
		: field,
);

/** What a run may cost. */
export const costLimitField: INodeProperties = {
	displayName: 'Cost Limit',
	name: 'costLimit',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Set Limit',
	description: 'Reckons what all messages of this run would cost before the first one goes',
	options: [
		{
			displayName: 'Limit',
			name: 'limit',
			values: [
				{
					displayName: 'Limit',
					name: 'amount',
					type: 'number',
					default: 10,
					typeOptions: { minValue: 0, numberPrecision: 2 },
					description: 'In the currency of the rate card',
				},
				{
					displayName: 'If the Cost Is Higher',
					name: 'ifHigher',
					type: 'options',
					options: [
						{ name: 'Send with a Hint', value: 'hint' },
						{ name: 'Stop', value: 'stop', description: 'Send nothing' },
					],
					default: 'stop',
					description:
						'Also if the cost is not known, for example of a market that the rate card lacks',
				},
				...withPrices,
				currencyOption,
				{
					displayName: 'Look Up at Meta',
					name: 'lookUp',
					type: 'boolean',
					default: false,
					description:
						'Whether to ask Meta for what this month has had so far: free service messages and volume tiers. Without it, no service message counts as free.',
				},
			],
		},
	],
};

/** Checks the limit; undefined if there is none. */
export const costLimitSchema = z
	.object({
		limit: z
			.object({
				amount: requiredNumber({ min: 0, max: 1_000_000_000, decimals: true }),
				ifHigher: choiceOf(['stop', 'hint']).default('stop'),
				...rateCardShape,
				currency: currencySchema,
				lookUp: truth,
			})
			.optional(),
	})
	.optional();

/** What a run may cost, and what is done if it would cost more. */
export type CostLimit = NonNullable<NonNullable<z.output<typeof costLimitSchema>>['limit']>;
