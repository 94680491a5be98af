import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { GraphRequest } from '../../graph/graphRequest';
import { readList } from '../../graph/paging';
import { listFields } from '../../fields/listField';
import { openItemFile } from '../../media/file';
import { onceOnly } from '../../node/management/onceOnly';
import { defineOperation } from '../../node/operation';
import type { Run } from '../../node/run';
import { choiceOf } from '../../values/choice';
import { requiredId, optionalId } from '../../values/id';
import { parseIfJson } from '../../values/json/exactJson';
import { optionalJsonObject } from '../../values/json/json';
import { readAt, textual } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { numberOr, optionalNumber } from '../../values/numbers';
import { rowWith } from '../../values/row';
import { truth } from '../../values/truth';
import { isObject } from '../../values/unknown';
import { checkQuery, readGraphPath } from './graphPath';
import { step } from '../../values/schema/singleStep';

/** Entries per page, unless the query has a limit of its own. */
const usualPageSize = 100;

const fields: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'DELETE', value: 'DELETE' },
			{ name: 'GET', value: 'GET' },
			{ name: 'POST', value: 'POST' },
		],
		default: 'GET',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {businessAccount}/message_templates',
		hint: '{app}, {businessAccount} and {phoneNumber} stand for the IDs of the credential',
		description: 'What follows the version in the address of the Graph API',
	},
	...listFields({
		name: 'queryParameters',
		displayName: 'Query Parameters',
		rowName: 'parameter',
		rowDisplayName: 'Parameter',
		hint: 'What follows the question mark in the address',
		row: [
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
		],
		jsonExample: { fields: 'id,name' },
	}),
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		typeOptions: { rows: 6 },
		default: '{}',
		displayOptions: { show: { method: ['POST', 'DELETE'] } },
	},
	{
		displayName: 'Split List Into Items',
		name: 'split',
		type: 'boolean',
		default: false,
		displayOptions: { show: { method: ['GET'] } },
		description: 'Whether the entries of "data" become items, page by page',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: { show: { method: ['GET'], split: [true] } },
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { method: ['GET'], split: [true], returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Input Binary Field',
				name: 'binaryField',
				type: 'string',
				default: 'data',
				hint: 'The name of the input field containing the file',
				description: 'Sends a form with the file as "file" and the members of the body as fields',
			},
			{
				displayName: 'Repeat After a Lost Answer',
				name: 'isIdempotent',
				type: 'boolean',
				default: false,
				description:
					'Whether the same POST or DELETE may be made again if it is not known whether Meta has acted on it',
			},
			{
				displayName: 'Time Limit',
				name: 'timeoutSeconds',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 600 },
				default: 30,
				hint: 'In seconds, 1 to 600',
			},
		],
	},
];

/** A number or a boolean is a value, too. */
const queryText = z.preprocess(
	(value) => (typeof value === 'boolean' ? String(value) : value),
	textual,
);

const parameter = rowWith({ name: requiredId(256), value: queryText });

const schema = z.object({
	method: choiceOf(['GET', 'POST', 'DELETE']).default('GET'),
	path: requiredId(2_000),
	queryParameters: queryOf(),
	body: optionalJsonObject,
	split: truth,
	returnAll: truth,
	limit: numberOr(50, { min: 1, max: Infinity, unit: 'results' }),
	options: z.preprocess(
		(value) => value ?? {},
		z.object({
			binaryField: optionalId(256),
			isIdempotent: truth,
			timeoutSeconds: optionalNumber({ min: 1, max: 600, unit: 'seconds' }).optional(),
		}),
	),
});

type Values = z.output<typeof schema>;

/** Rows of names and values, or an object of them, also as JSON. */
function queryOf() {
	const rows = listOf(parameter, { min: 0, max: 100 }, 'parameter');
	return step((value, context): Record<string, string> => {
		const plain = parseIfJson(value);
		const isRows = !isObject(plain) || 'parameter' in plain || 'name' in plain;
		const given = isRows
			? plain
			: Object.entries(plain).map(([name, each]) => ({ name, value: each }));
		const read = readAt(rows, given, [], context) ?? [];
		return Object.fromEntries(read.map(({ name, value: text }) => [name, text]));
	});
}

/** Any call to the Graph API with the credential's token, retries, paging and errors. */
export const apiRequest = defineOperation({
	name: 'API Request',
	action: 'Make a custom API call',
	description: "Call any path of Meta's Graph API with the credential, its retries and paging",
	fields,
	schema,
	outputSchema: { id: 'string' },
	concurrency: 5,
	checksAllFirst: true,
	async execute(run, values, itemIndex) {
		const request = await requestFor(run, values, itemIndex);
		if (values.method !== 'GET' || !values.split) {
			const work = async () => (await run.graph.call<IDataObject>(request)).body;
			const body =
				values.method === 'GET' ? await work() : await onceOnly(run, itemIndex, work, request);
			return Array.isArray(body) ? (body as IDataObject[]).map((json) => ({ json })) : body;
		}
		const { limit: ownLimit, ...query } = request.query ?? {};
		const entries = await readList(
			run.graph,
			{ ...request, query },
			{
				limit: values.returnAll ? Infinity : values.limit,
				pageSize: Number(ownLimit) > 0 ? Number(ownLimit) : usualPageSize,
			},
		);
		return entries.map((entry) => ({
			json: isObject(entry) ? (entry as IDataObject) : { value: entry as string },
		}));
	},
});

/** @throws FieldProblem if the path, the query or the file cannot be used */
async function requestFor(run: Run, values: Values, itemIndex: number): Promise<GraphRequest> {
	const { method, body, options, queryParameters } = values;
	const { path, query } = readGraphPath(values.path, run.account);
	checkQuery(queryParameters);
	const members = body ?? {};
	const hasBody = method !== 'GET' && Object.keys(members).length > 0;
	const { timeoutSeconds } = options;
	return {
		method,
		node: path.split('/')[0] ?? '',
		path,
		query: { ...query, ...queryParameters },
		isIdempotent: options.isIdempotent,
		signal: run.signal,
		...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
		...(method === 'GET' || options.binaryField === undefined
			? hasBody
				? { json: members }
				: {}
			: { multipart: await formOf(run, itemIndex, options.binaryField, members) }),
	};
}

async function formOf(
	run: Run,
	itemIndex: number,
	binaryField: string,
	members: Record<string, unknown>,
): Promise<NonNullable<GraphRequest['multipart']>> {
	const label = 'Options › Input Binary Field';
	const file = await openItemFile(run.host, itemIndex, binaryField, label, 'document');
	const texts = Object.entries(members).map(([name, value]) => [
		name,
		typeof value === 'string' ? value : JSON.stringify(value),
	]);
	return { fields: Object.fromEntries(texts) as Record<string, string>, file };
}
