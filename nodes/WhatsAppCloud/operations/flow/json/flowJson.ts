import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { binaryOf } from '../../../media/file';
import { choiceOf } from '../../../values/choice';
import { optionalId } from '../../../values/id';
import { FieldProblem } from '../../../values/problem';
import { isObject, reasonOf } from '../../../values/unknown';
import { isBlank, kindOf } from '../../../values/words';

/** Meta's limit. */
const maxBytes = 10 * 1024 * 1024;

const sources = ['none', 'json', 'binary', 'copy'] as const;

type Source = (typeof sources)[number];

/** How one panel offers no Flow JSON, and whether it offers another Flow's. */
interface Offer {
	none: { name: string; description: string };
	copies: boolean;
}

/** Flow JSON: written here, from a file of the item, or that of another Flow. */
export const flowJsonFields = ({ none, copies }: Offer): INodeProperties[] => [
	{
		displayName: 'Flow JSON From',
		name: 'flowJsonFrom',
		type: 'options',
		options: [
			{ name: 'Binary Field', value: 'binary', description: 'A JSON file in the item' },
			...(copies
				? [{ name: 'Copy of a Flow', value: 'copy', description: 'That of another Flow' }]
				: []),
			{ name: 'JSON', value: 'json', description: 'Written or pasted below' },
			{ ...none, value: 'none' },
		],
		default: 'json',
	},
	{
		displayName: 'Flow JSON',
		name: 'flowJson',
		type: 'json',
		typeOptions: { rows: 12 },
		// n8n marks an empty editor as wrong JSON.
		default: '{}',
		description:
			'The screens of the Flow, as the playground of WhatsApp Manager exports them. An expression may return an object.',
		displayOptions: { show: { flowJsonFrom: ['json'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		hint: 'The name of the input field containing the file',
		description: 'A JSON file of up to 10 MB',
		displayOptions: { show: { flowJsonFrom: ['binary'] } },
	},
];

/** Schemas of these fields. */
export const flowJsonShape = {
	flowJsonFrom: choiceOf(sources).default('json'),
	flowJson: z.unknown(),
	binaryField: optionalId(256),
};

interface FlowJsonValues {
	flowJsonFrom: Source;
	flowJson: unknown;
	binaryField?: string | undefined;
}

/**
 * The Flow JSON as text, so that lines and columns of Meta's errors are those of the text. What is
 * no JSON at all is told before Meta is asked.
 *
 * @returns undefined if the panel names none
 * @throws FieldProblem if there is no Flow JSON, or it is no JSON or too large
 */
export async function readFlowJson(
	host: IExecuteFunctions,
	itemIndex: number,
	{ flowJsonFrom, flowJson, binaryField = 'data' }: FlowJsonValues,
): Promise<string | undefined> {
	if (flowJsonFrom === 'json') return checked(textOf(flowJson), 'Flow JSON');
	if (flowJsonFrom !== 'binary') return undefined;
	const label = 'Input Binary Field';
	binaryOf(host, itemIndex, binaryField, label);
	const bytes = await host.helpers.getBinaryDataBuffer(itemIndex, binaryField);
	// A byte order mark is no JSON, and editors on Windows write one.
	return checked(bytes.toString('utf8').replace(/^\uFEFF/, ''), label);
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (isObject(value)) return JSON.stringify(value, null, 2);
	if (value === undefined || value === null) return '';
	throw new FieldProblem(
		'Flow JSON',
		`must be a JSON object, but is ${kindOf(value)}`,
		'Enter the whole Flow JSON, with version and screens.',
	);
}

function checked(text: string, label: string): string {
	const problem = (what: string, advice: string) => new FieldProblem(label, what, advice);
	if (isBlank(text) || text.trim() === '{}') {
		throw problem('is empty', 'Paste the Flow JSON, with version and screens.');
	}
	if (Buffer.byteLength(text) > maxBytes) {
		throw problem('is larger than 10 MB', 'Meta takes no more; use smaller pictures.');
	}
	try {
		if (isObject(JSON.parse(text))) return text;
	} catch (error) {
		const reason = `is no valid JSON: ${reasonOf(error)}`;
		throw problem(
			reason,
			'Correct the place that is named; often, a comma is missing or too many.',
		);
	}
	throw problem('must be a JSON object', 'Enter the whole Flow JSON, with version and screens.');
}
