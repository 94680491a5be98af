import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../values/choice';
import { optionalId } from '../values/id';
import { report, step } from '../values/schema/singleStep';
import { isNothing } from '../values/numbers';
import { isObject } from '../values/unknown';
import { kindOf } from '../values/words';

/** Where Meta's rate card comes from. For a panel, or for the rows of a collection. */
export const rateCardFields: INodeProperties[] = [
	{
		displayName: 'Rate Card',
		name: 'rateCardSource',
		type: 'options',
		options: [
			{ name: 'File', value: 'binary', description: 'As Meta publishes it, in CSV or XLSX' },
			{
				name: 'Items or Text',
				value: 'json',
				description: 'Items of another node, or the text of a CSV file',
			},
			{ name: 'None', value: 'none', description: 'Counts messages without prices' },
		],
		default: 'binary',
		description:
			"Meta's prices in the currency of the account. Download them from Meta's page on WhatsApp pricing, anew in each quarter.",
	},
	{
		displayName: 'Input Binary Field',
		name: 'rateCardFile',
		type: 'string',
		default: 'data',
		hint: 'The name of the field with the file, or an expression that returns the file',
		placeholder: "e.g. {{ $('Rate Card').first().binary.data }}",
		description:
			"Of any input item. Separate several names with commas, for Meta's list of volume tiers.",
		displayOptions: { show: { rateCardSource: ['binary'] } },
	},
	{
		displayName: 'Items or Text',
		name: 'rateCardItems',
		type: 'string',
		default: '',
		typeOptions: { rows: 3 },
		placeholder: "e.g. {{ $('Rate Card').all() }}",
		description:
			'Fields: market, currency, marketing, utility, authentication, authenticationInternational, service, and callingCodes for a market of your own',
		displayOptions: { show: { rateCardSource: ['json'] } },
	},
];

/** One file or several, each by the name of its binary field or as n8n's own object. */
const files = step((value, context): (string | IBinaryData)[] => {
	const given: readonly unknown[] = Array.isArray(value) ? value : [value];
	const names = given
		.filter((entry) => !isNothing(entry))
		.flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : [entry]))
		.map((entry) => (typeof entry === 'string' ? entry.trim() : entry));
	const wrong = names.find((entry) => typeof entry !== 'string' && !isFileObject(entry));
	if (wrong !== undefined) {
		report(context, [], `must be the name of a binary field or a file, but is ${kindOf(wrong)}`);
	}
	return names.filter((entry) => typeof entry === 'string' || isFileObject(entry));
});

/** A file as n8n's expressions return it. */
const isFileObject = (value: unknown): value is IBinaryData =>
	isObject(value) &&
	typeof value['mimeType'] === 'string' &&
	(typeof value['data'] === 'string' || typeof value['id'] === 'string');

/** Members of the schema of what has these fields. */
export const rateCardShape = {
	rateCardSource: choiceOf(['binary', 'json', 'none']).default('binary'),
	rateCardFile: files.prefault('data'),
	rateCardItems: z.unknown(),
};

/** Where the rate card comes from, after the check. */
export type RateCardSource = z.output<z.ZodObject<typeof rateCardShape>>;

/** A currency's code, or nothing. */
export const currencyOption: INodeProperties = {
	displayName: 'Currency',
	name: 'currency',
	type: 'string',
	default: '',
	placeholder: 'e.g. USD',
	description: 'In which Meta bills the account. Only for a rate card with several.',
};

export const currencySchema = optionalId(10);
