import type {
	ConfirmationMessage,
	Confirmations,
	QueuedConfirmations,
} from '../../sending/confirmations';
import type { Reception } from '../../store/inbox/inboxStore';
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
 * @param setting.planAnew plans it again, where one of its people was erased since
 * @returns the plan that was kept, and what was new in it
 * @throws StateProblem if it could not be kept. Meta then delivers it again; confirmations that were
 *   kept already go once all the same
 */
export async function keepPlan(
	first: WebhookPlan,
	{
		planAnew,
		queue,
		trigger,
		naming,
		inbox,
		loops,
		now,
	}: {
		planAnew: () => Promise<WebhookPlan>;
		queue: Pick<Confirmations, 'keep' | 'takeBack'>;
		trigger: ConfirmationMessage['trigger'];
		naming: Naming;
		inbox: Pick<Store['inbox'], 'receive'>;
		loops: Signals;
		/** In milliseconds since 1970. */
		now: number;
	},
): Promise<{ plan: WebhookPlan; kept: KeptWebhook }> {
	for (let plan = first; ; plan = await planAnew()) {
		// Before what people wish: once that is kept, nobody answers it again.
		const queued = await queue.keep(toMessages(plan.confirmations, trigger, naming));
		const reception = await inbox.receive(plan.toKeep, now);
		if (!reception.isOutdated) {
			return { plan, kept: { ...tellLoops(plan, reception, loops), confirmations: queued } };
		}
		await queue.takeBack(queued);
	}
}

function tellLoops(
	{ toKeep, filtered }: WebhookPlan,
	{ areNew, given }: Reception,
	loops: Signals,
): Omit<KeptWebhook, 'confirmations'> {
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
	return { startingIds: [...startingIds], repeated };
}
