import { z } from 'zod/v4';
import { optionalText } from '../../values/schema/reading';
import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import type { Page } from '../../store/page';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { numberOr } from '../../values/numbers';
import { truth } from '../../values/truth';
import { sentShape } from './item';
import { createResumed } from './resumed';
import { technicalDetailsOption } from '../../fields/sendOptions';
import { graceField, onUnknownField, unknownShape } from '../../sending/settings/unknownFields';
import { minuteMs } from '../../time/durations';
import { systemClock } from '../../time/system/systemClock';

/** How many messages one run reclaims at a time; the rest stay for others. */
const reclaimedAtOnce = 200;

const mostMessages = 100_000;

/**
 * Sends the messages that a killed execution had recorded but not started. Meant for a schedule, in
 * any workflow of the account.
 */
export const resume = defineOperation({
	name: 'Resume',
	action: 'Resume unsent messages',
	description:
		'Send messages that an interrupted run queued but did not send. Run it on a schedule, in any workflow.',
	permission: 'whatsapp_business_messaging',
	fields: [
		{
			displayName:
				'Sends the messages that a run had queued when its process was killed. With <b>Delivery › Record All Before Sending</b>, that is everything the run had not sent yet. Each message is sent once, at the pace of its own run.',
			name: 'resumeNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Limit',
			name: 'maxMessages',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description:
				'The most messages to send; the rest wait for the next run. Messages outside the sending hours of their own run do not count.',
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
				technicalDetailsOption,
				onUnknownField({
					displayName: 'If the Outcome Is Unknown',
					report: { name: 'Leave It Unknown', description: 'A status may still arrive' },
					description:
						'What to do with a message that may have been sent, if no status has arrived in time (see Wait for a Status)',
				}),
				{
					displayName: 'This Workflow Only',
					name: 'thisWorkflowOnly',
					type: 'boolean',
					default: true,
					description: 'Whether to leave messages of other workflows alone',
				},
				graceField,
			],
		},
	],
	schema: z.object({
		maxMessages: numberOr(1000, { min: 1, max: mostMessages, unit: 'messages' }),
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				campaign: optionalText(255),
				...unknownShape,
				thisWorkflowOnly: truth,
			}),
		),
	}),
	outputSchema: {
		...sentShape,
		operationId: 'string',
		workflowId: 'string',
		executionId: 'string',
		campaign: 'string',
		keptForNextRun: 'boolean',
	},
	concurrency: 1,
	async execute(run, { maxMessages, options }, itemIndex) {
		await requireStore(run);
		const filter = {
			...(options.campaign === undefined ? {} : { campaign: options.campaign }),
			...(options.thisWorkflowOnly ? { workflowId: run.identity.workflowId } : {}),
			limit: reclaimedAtOnce,
		};
		const { orphaned } = run.messenger;
		const batch = createResumed(run, maxMessages, itemIndex);
		const resumeAll = async (): Promise<void> => {
			while (batch.mayGoOn()) {
				const entries = await orphaned.reclaim(filter);
				if (entries.length === 0) break;
				await batch.handle(entries, (entry) => orphaned.send(entry));
			}
			if (options.onUnknown === 'report') return;
			const changedBefore = systemClock.now() - options.graceMinutes * minuteMs;
			const isResend = options.onUnknown === 'resend';
			for (let after: string | null = null; batch.mayGoOn();) {
				const page: Page<OutboxEntry> = await orphaned.listUnknown(filter, changedBefore, after);
				await batch.handle(page.entries, (entry) =>
					isResend ? orphaned.send(entry) : orphaned.closeAsFailed(entry),
				);
				after = page.next;
				if (after === null) break;
			}
		};
		return await batch.endOf(resumeAll());
	},
});
