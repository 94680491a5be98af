import type { WebhookEvent } from '../../events/webhookEvent';
import { forgetLost, keepListening } from '../sharing/forward';
import type { InboxSetting } from './inboxSetting';
import { isLiving, readListeners } from '../listeners/knownListeners';
import { type ListenerScope } from '../listeners/listenerScope';
import { recordUpdates } from './recordUpdates';
import { RecordedWebhook } from './recordedWebhook';
import { RequestCounters } from '../counters/requestCounters';
import { counterNames } from '../counters/counterNames';

/** Handles one request in the store. */
export class Inbox {
	/** Whose webhooks the trigger is registered for. */
	readonly scope: ListenerScope;
	private readonly setting: InboxSetting;
	private readonly counts: RequestCounters;

	constructor(setting: InboxSetting) {
		this.setting = setting;
		this.scope = setting.scope;
		this.counts = new RequestCounters(setting);
	}

	/**
	 * Records what must be remembered, whichever events were chosen, before doing anything else with
	 * them. If another trigger forwarded the request, that trigger has already done so.
	 *
	 * @throws StateProblem
	 */
	async record(events: readonly WebhookEvent[], isForwarded: boolean): Promise<RecordedWebhook> {
		const { store, account, group, listenerId: ownId, clock } = this.setting;
		if (store === null) return new RecordedWebhook(this.setting, events, [], this.counts);
		const now = clock.now();
		const [records] = await Promise.all([
			store.listeners.list(group, 0),
			isForwarded ? undefined : recordUpdates(store, account, events, now),
		]);
		const everybody = readListeners(records);
		for (const { listenerId, nodeName, workflowId } of await forgetLost(
			store.listeners,
			everybody,
			ownId,
			now,
		)) {
			const line = `the trigger "${nodeName}" of workflow ${workflowId} accepted no webhook for too long and counts as gone; publish that workflow again if it should get webhooks`;
			this.setting.log('error', line);
			this.counts.add(`${counterNames.forwardFailed}${listenerId}`, 1, line);
		}
		const own = everybody.find(({ listenerId }) => listenerId === ownId);
		if (!isForwarded) {
			// Other triggers may have failed to reach it, but Meta has not.
			if (own !== undefined) await keepListening(store.listeners, own, now);
			const last = events.at(-1);
			const detail = last === undefined ? null : `${last.event} ${last.type}`;
			this.counts.add(counterNames.received, events.length, detail);
		}
		const living = everybody.filter((listener) => listener === own || isLiving(listener, now));
		return new RecordedWebhook(this.setting, events, living, this.counts);
	}

	/** Writes the counts. */
	flush(): void {
		this.counts.flush();
	}
}
