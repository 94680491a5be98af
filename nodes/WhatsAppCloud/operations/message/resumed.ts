import type { INodeExecutionData } from 'n8n-workflow';
import { mayGoLater, stopsAll } from '../../sending/attempt/outcome';
import { forEachConcurrently } from '../../concurrency/pool';
import { formatNumber } from '../../values/limits';
import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import { StateProblem } from '../../store/stateProblem';
import { toNodeError } from '../../node/problems';
import type { Run } from '../../node/run';
import { notSentItem, outcomeOfProblem, problemOfItem, toItem } from './item';
import type { LeftAlone, OrphanResult } from '../../sending/campaign/orphanedMessages';

/** Handles orphaned messages in one run, and reports on them. */
interface Resumed {
	/**
	 * False once the limit is reached, the execution is cancelled, the state fails, or the account
	 * cannot send at all.
	 */
	mayGoOn(): boolean;
	/** Handles a batch, several at a time. A failing message gets its own item and stops no other. */
	handle(
		records: readonly OutboxEntry[],
		handleOne: (record: OutboxEntry) => Promise<OrphanResult | LeftAlone>,
	): Promise<void>;
	/**
	 * Waits for the work and returns the items. Sent messages are reported whatever happens later.
	 *
	 * @throws n8n's form of the work's error, or of the error that blocks all messages, unless that
	 *   would lose the items of sent messages
	 */
	endOf(work: Promise<void>): Promise<INodeExecutionData[]>;
}

/**
 * @param mostMessages how many may get an item; messages left alone do not count
 * @param itemIndex index of the input item that requested the run
 */
export function createResumed(run: Run, mostMessages: number, itemIndex: number): Resumed {
	const { host, signal } = run;
	const items: INodeExecutionData[] = [];
	const leftAlone: Record<LeftAlone, number> = {
		taken: 0,
		cancelled: 0,
		outside_hours: 0,
		unreadable: 0,
	};
	let failed = 0;
	let sent = 0;
	/** Failed but still recorded. */
	let kept = 0;
	/** Messages that have an item or are in progress. */
	let counted = 0;
	/** The state is unusable; every further message would wait for it again. */
	let hasNoState = false;
	/** Why no message can go out. */
	let barrier: INodeExecutionData['error'];

	const mayGoOn = (): boolean =>
		counted < mostMessages && !hasNoState && barrier === undefined && signal?.aborted !== true;

	const toldOf = (record: OutboxEntry, item: INodeExecutionData): INodeExecutionData => {
		const { operationId, workflowId, executionId, campaign } = record;
		if (item.error !== undefined) failed++;
		// The input item says nothing about the message; the operation ID finds it in the state.
		const json = { ...item.json, operationId, workflowId, executionId, campaign };
		return asOutput({ ...item, json });
	};

	/** n8n discards all items of a node that fails, including those of sent messages. */
	const asOutput = (item: INodeExecutionData): INodeExecutionData =>
		host.continueOnFail() ? item : { json: item.json };

	const problemItem = (record: OutboxEntry, caught: unknown): INodeExecutionData => {
		const { operationId, phoneNumberId, payloadHash, recipientKey } = record;
		const error = toNodeError(host, caught, itemIndex);
		return {
			json: notSentItem(
				run,
				outcomeOfProblem(caught),
				{ operationId, payloadHash, recipient: recipientKey, phoneNumberId },
				problemOfItem(caught, error),
			),
			error,
		};
	};

	const leaveAlone = (record: OutboxEntry, reason: LeftAlone): void => {
		leftAlone[reason]++;
		counted--;
		if (reason !== 'unreadable') return;
		const { operationId } = record;
		host.logger.warn('The request of a queued message is gone or cannot be read', {
			operationId,
		});
	};

	const tellWhatIsLeft = (): void => {
		const hints = [
			items.length === 0 &&
				Object.values(leftAlone).every((count) => count === 0) &&
				'Nothing to resume: no message is waiting',
			leftAlone.cancelled > 0 &&
				`${messages(leftAlone.cancelled)} left for the next run, because this one was cancelled`,
			kept > 0 && `${messages(kept)} not sent for a temporary reason and kept for the next run`,
			barrier !== undefined &&
				`Stopped, because no message can be sent at the moment: ${barrier.message}`,
			leftAlone.outside_hours > 0 &&
				`${messages(leftAlone.outside_hours)} left for later, outside the sending hours of the run that queued them`,
			leftAlone.unreadable > 0 &&
				`${messages(leftAlone.unreadable)} left unchanged, because the request is gone or cannot be read; the log names them`,
			counted >= mostMessages &&
				`The limit (${formatNumber(mostMessages)}) was reached; the rest wait for the next run`,
			failed > 0 &&
				!host.continueOnFail() &&
				`${messages(failed)} not sent, or not known to be; "outcome" and "error" in the items say why`,
		];
		for (const message of hints) {
			if (message === false) continue;
			host.logger.info(message, { executionId: run.identity.executionId });
			host.addExecutionHints({ message, location: 'outputPane' });
		}
	};

	return {
		mayGoOn,
		async handle(records, handleOne) {
			const ofBatch = new Array<INodeExecutionData | undefined>(records.length);
			const { concurrency } = run.messenger.settings();
			await forEachConcurrently(records.length, concurrency, mayGoOn, async (index) => {
				const record = records[index];
				if (record === undefined) return;
				counted++;
				try {
					const handled = await handleOne(record);
					if (typeof handled === 'string') {
						leaveAlone(record, handled);
						return;
					}
					const { message, result, isTried } = handled;
					const item = toItem(run, message, result, { written: '', itemIndex });
					if (result.outcome === 'sent') sent++;
					const isKept = isTried && mayGoLater(result);
					if (isKept) {
						kept++;
						item.json['keptForNextRun'] = true;
					}
					if (isTried && stopsAll(result)) barrier ??= item.error;
					ofBatch[index] = toldOf(record, item);
				} catch (caught) {
					hasNoState ||= caught instanceof StateProblem;
					ofBatch[index] = toldOf(record, problemItem(record, caught));
				}
			});
			for (const item of ofBatch) if (item !== undefined) items.push(item);
		},
		async endOf(work) {
			try {
				await work;
			} catch (caught) {
				const error = toNodeError(host, caught, itemIndex);
				if (items.length === 0) throw error;
				items.push(asOutput({ json: { error: problemOfItem(caught, error) }, error }));
			}
			tellWhatIsLeft();
			if (barrier !== undefined && sent === 0 && !host.continueOnFail()) throw barrier;
			return items;
		},
	};
}

/** `1 message was`, `2,000 messages were` */
const messages = (count: number): string =>
	count === 1 ? '1 message was' : `${formatNumber(count)} messages were`;
