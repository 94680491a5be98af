import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { forEachConcurrently } from '../../delivery/pool';
import { optionalText } from '../../messages/limits';
import type { OperationRecord } from '../../state/operations/operation';
import { defineOperation } from '../operation';
import type { Run } from '../run';
import { toItem } from './item';

/** So many messages are taken over at once; the rest stays for others. */
const adoptLot = 200;

const mostMessages = 100_000;

/**
 * Sends what an execution left that was killed: messages that it had recorded and not begun. For
 * a schedule, in any workflow of the account.
 */
export const resume = defineOperation({
	name: 'Resume',
	action: 'Resume unfinished messages',
	description:
		'Send what a killed execution recorded and did not send. Made for a schedule, in any workflow.',
	fields: [
		{
			displayName:
				'Finds messages of runs with <b>Delivery › Record All Before Sending</b> whose execution ended without sending them. Each is sent once, at the pace of its own run.',
			name: 'resumeNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Messages at Most',
			name: 'maxMessages',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description: 'What is left after that waits for the next run',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Campaign',
					name: 'campaign',
					type: 'string',
					default: '',
					description: 'Only messages of this campaign',
				},
				{
					displayName: 'This Workflow Only',
					name: 'thisWorkflowOnly',
					type: 'boolean',
					default: true,
					description: 'Whether messages of other workflows of the account are left alone',
				},
			],
		},
	],
	schema: z.object({
		maxMessages: z.coerce
			.number({ error: 'must be a number' })
			.int({ error: 'must be a whole number' })
			.min(1, { error: 'must be at least 1' })
			.max(mostMessages, { error: 'can be at most 100,000' })
			.default(1000),
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				campaign: optionalText(255),
				thisWorkflowOnly: z.boolean({ error: 'must be true or false' }).default(false),
			}),
		),
	}),
	concurrency: 1,
	async execute(run, { maxMessages, options }, itemIndex) {
		const filter = {
			...(options.campaign === undefined ? {} : { campaign: options.campaign }),
			...(options.thisWorkflowOnly ? { workflowId: run.identity.workflowId } : {}),
		};
		const results: INodeExecutionData[] = [];
		for (let left = maxMessages; left > 0 && run.signal?.aborted !== true;) {
			const records = await run.messenger.adopt({ ...filter, limit: Math.min(adoptLot, left) });
			if (records.length === 0) break;
			left -= records.length;
			results.push(...(await sendLot(run, records, itemIndex)));
		}
		return results;
	},
});

async function sendLot(
	run: Run,
	records: OperationRecord[],
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const results = new Array<INodeExecutionData | undefined>(records.length);
	await forEachConcurrently(
		records.length,
		run.messenger.settings().concurrency,
		() => run.signal?.aborted !== true,
		async (index) => {
			const record = records[index];
			const sent = record && (await run.messenger.sendRecorded(record));
			if (!sent) return;
			const item = toItem(run, sent.message, sent.delivery, '', itemIndex);
			const { workflowId, executionId, campaign } = record;
			results[index] = { ...item, json: { ...item.json, workflowId, executionId, campaign } };
		},
	);
	return results.filter((item) => item !== undefined);
}
