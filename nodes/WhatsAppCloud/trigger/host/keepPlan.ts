import type {
	ConfirmationMessage,
	Confirmations,
	QueuedConfirmations,
} from '../../sending/confirmations';
import type { Store } from '../../store/store';
import type { Signals } from '../deliveries/signals';
import type { Naming } from '../receive/naming';
import type { WebhookPlan } from '../receive/planWebhook';
import { toMessages } from './sendConfirmations';

/** What was new in a webhook that was kept. */
export interface KeptWebhook {
	/** The triggers that have got something new. */
	startingIds: string[];
	/** By trigger, how many of the events that it chose it had received before. */
	repeated: ReadonlyMap<string, number>;
	/** Answers to people who have opted out or in, for this process to send. */
	confirmations: QueuedConfirmations;
}

/**
 * Keeps a webhook as it was planned: first the confirmations, then everything else in one transaction.
 * Only then may it be answered. The loops of this process learn what has arrived.
 *
 * @throws StateProblem if it could not be kept. Meta then delivers it again; confirmations that were
 *   kept already go once all the same
 */
export async function keepPlan(
	{ toKeep, confirmations, filtered }: WebhookPlan,
	{
		queue,
		trigger,
		naming,
		inbox,
		loops,
		now,
	}: {
		queue: Pick<Confirmations, 'keep'>;
		trigger: ConfirmationMessage['trigger'];
		naming: Naming;
		inbox: Pick<Store['inbox'], 'receive'>;
		loops: Signals;
		/** In milliseconds since 1970. */
		now: number;
	},
): Promise<KeptWebhook> {
	// Before what people wish: once that is kept, nobody answers it again.
	const queued = await queue.keep(toMessages(confirmations, trigger, naming));
	const { areNew, given } = await inbox.receive(toKeep, now);
	loops.give(given);
	const givenIds = new Set([...given.values()].flat().map(({ batchId }) => batchId));

	const startingIds = new Set<string>();
	const waitingIds = new Set<string>();
	const repeated = new Map<string, number>();
	toKeep.events.forEach(({ deliveries }, index) => {
		deliveries.forEach(({ listenerId, batchId }, place) => {
			// Questions are listeners, too, but have no loop of their own.
			if (!filtered.has(listenerId)) return;
			if (areNew[index]?.[place] !== true) {
				repeated.set(listenerId, (repeated.get(listenerId) ?? 0) + 1);
				return;
			}
			startingIds.add(listenerId);
			if (!givenIds.has(batchId)) waitingIds.add(listenerId);
		});
	});
	loops.wake(waitingIds);
	return { startingIds: [...startingIds], repeated, confirmations: queued };
}
