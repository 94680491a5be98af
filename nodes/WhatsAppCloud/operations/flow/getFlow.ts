import type { IDataObject } from 'n8n-workflow';
import { complete, partsOf } from '../../node/management/graphOperation';
import { defineOperation } from '../../node/operation';
import type { Run } from '../../node/run';
import { parseExactJson } from '../../values/json/exactJson';
import { collectionOf } from '../../values/json/json';
import { truth } from '../../values/truth';
import { listIn, objectOf } from '../../values/unknown';
import {
	detailFields,
	detailShape,
	flowDetails,
	listedFields,
	listedFlow,
	listedShape,
} from './flowItem';
import { flow, flowPermission, onFlow } from './flowTarget';

const outputSchema = { ...listedShape, ...detailShape, flowJson: {} };

/**
 * Looks up a Flow, with a link that shows it to everyone.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi
 */
export const getFlow = defineOperation({
	...partsOf({
		name: 'Get',
		action: 'Get Flow',
		description: 'Get a Flow with its status, health, validation errors and preview link',
		permission: flowPermission,
		target: flow,
		fields: [
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Include Flow JSON',
						name: 'includeJson',
						type: 'boolean',
						default: true,
						description: 'Whether to download the screens of the Flow, too',
					},
					{
						displayName: 'New Preview Link',
						name: 'newPreview',
						type: 'boolean',
						default: true,
						description:
							'Whether to make a new preview link, which ends the one before. A link works for 30 days, for everyone who has it.',
					},
				],
			},
		],
		shape: { options: collectionOf({ includeJson: truth, newPreview: truth }) },
		outputSchema,
	}),
	async execute(run, { flow: id, options }) {
		const where = onFlow(run, id);
		const preview = `preview.invalidate(${options.newPreview === true ? 'true' : 'false'})`;
		const { body } = await run.graph.call({
			method: 'GET',
			...where,
			query: { fields: [...listedFields, ...detailFields, preview].join(',') },
		});
		const answer = objectOf(body);
		const item = { ...listedFlow(answer), ...flowDetails(answer) };
		if (options.includeJson !== true) return complete(item, outputSchema);
		return complete({ ...item, flowJson: await flowJsonOf(run, where) }, outputSchema);
	},
});

/** A Flow's screens, or the text of its file if that is no JSON; null if it has none yet. */
async function flowJsonOf(
	{ graph, signal }: Run,
	where: ReturnType<typeof onFlow>,
): Promise<IDataObject | string | null> {
	const { body } = await graph.call({ method: 'GET', ...where, edge: 'assets' });
	const assets = listIn(objectOf(body)['data']).map(objectOf);
	const asset = assets.find((each) => each['asset_type'] === 'FLOW_JSON');
	const url = asset?.['download_url'];
	if (typeof url !== 'string') return null;
	const opened = await graph.download(url, { statedBytes: maxBytes, timeoutMs, signal });
	if (!opened.ok) throw opened.error;
	const chunks: Uint8Array[] = [];
	for await (const chunk of opened.file.content) chunks.push(chunk as Uint8Array);
	const text = Buffer.concat(chunks).toString('utf8');
	try {
		return objectOf(parseExactJson(text)) as IDataObject;
	} catch {
		// Meta keeps drafts that are no JSON, too; their text shows what is wrong.
		return text;
	}
}

/** Meta's limit for Flow JSON; more is no Flow. */
const maxBytes = 10 * 1024 * 1024;
const timeoutMs = 60_000;
