import type { WebhookEvent } from '../../../nodes/WhatsAppCloud/events/webhookEvent';
import type { Account } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Confirmations } from '../../../nodes/WhatsAppCloud/sending/confirmations';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { Signals } from '../../../nodes/WhatsAppCloud/trigger/deliveries/signals';
import type { KnownListener } from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import type { Count } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { keepPlan } from '../../../nodes/WhatsAppCloud/trigger/host/keepPlan';
import { namingOf } from '../../../nodes/WhatsAppCloud/trigger/receive/naming';
import {
	lookUpPeople,
	planWebhook,
	type KnownPeople,
	type WebhookPlan,
} from '../../../nodes/WhatsAppCloud/trigger/receive/planWebhook';
import { countsOf } from '../../../nodes/WhatsAppCloud/trigger/receive/webhookCounts';
import { findListeners } from '../../../nodes/WhatsAppCloud/trigger/receive/webhookListeners';
import type { FilterName } from '../../../nodes/WhatsAppCloud/trigger/settings/eventChoice';

/** What became of a webhook. */
export type Received = Pick<
	WebhookPlan,
	'confirmations' | 'found' | 'missing' | 'testRuns' | 'unreadable'
> & {
	startingIds: string[];
	counts: Count[];
	/** Of the called trigger. */
	filtered: ReadonlyMap<FilterName, number>;
	repeated: number;
};

interface Receiver {
	store: Store;
	account: Account;
	group: string;
	/** The trigger that is called. */
	ownId: string;
	/** How it describes itself if the state does not know it. */
	describeOwn?: () => KnownListener;
	keepConfirmations?: Confirmations['keep'];
	loops?: Signals;
	now: number;
}

/** Receives a webhook with the sources, as the trigger's `webhook()` does in n8n; nothing is sent. */
export async function receiveWebhook(
	events: readonly WebhookEvent[],
	{
		store,
		account,
		group,
		ownId,
		describeOwn = () => {
			throw new Error('The trigger is not known');
		},
		keepConfirmations = async () => await Promise.resolve(nothingQueued),
		loops = new Signals(),
		now,
	}: Receiver,
): Promise<Received> {
	const naming = namingOf(account);
	const known = { store, account, group, formerAppSecret: null, describeOwn, now };
	const lookUp = async () => await lookUpPeople(events, store, naming, now);
	const [listeners, people] = await Promise.all([findListeners(ownId, known), lookUp()]);
	const request = { body: new Uint8Array(), signature: '' };
	const planFor = async (known: KnownPeople) => {
		const context = { listeners, store, account, group, naming, loops, now };
		return await planWebhook(events, request, { ...context, people: known });
	};
	const { plan, kept } = await keepPlan(await planFor(people), {
		planAnew: async () => await planFor(await lookUp()),
		queue: { keep: keepConfirmations, takeBack: async () => await Promise.resolve() },
		trigger: { workflowId: 'w', nodeId: 'n', nodeName: 'Trigger' },
		naming,
		inbox: store.inbox,
		loops,
		now,
	});
	const { confirmations, found, missing, testRuns, unreadable } = plan;
	return {
		...{ confirmations, found, missing, testRuns, unreadable },
		startingIds: kept.startingIds,
		counts: countsOf(plan, kept.repeated),
		filtered: plan.filtered.get(ownId) ?? new Map<FilterName, number>(),
		repeated: kept.repeated.get(ownId) ?? 0,
	};
}

const nothingQueued = { messages: [], lease: { owner: 'nobody', leaseMs: 0 } };
