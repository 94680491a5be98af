import type { WebhookEvent } from '../../events/webhookEvent';
import { forgetLost, keepListening } from '../sharing/forward';
import type { InboxSetting } from './inboxSetting';
import { isLiving, readListeners } from '../listeners/knownListeners';
import { type ListenerScope } from '../listeners/listenerScope';
import { recordUpdates } from './recordUpdates';
import { RecordedWebhook } from './recordedWebhook';
import { RequestCounters } from '../counters/requestCounters';
import { counterNames } from '../counters/counterNames';

/** What one request does in the store. */
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
	 * Records what has to be remembered, whichever events were chosen, before anything else is done with
	 * them. A trigger that forwarded the request has done so already.
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
			// Others may have failed to reach it; Meta has not.
			if (own !== undefined) await keepListening(store.listeners, own, now);
			const last = events.at(-1);
			const detail = last === undefined ? null : `${last.event} ${last.type}`;
			this.counts.add(counterNames.received, events.length, detail);
		}
		const living = everybody.filter((listener) => listener === own || isLiving(listener, now));
		return new RecordedWebhook(this.setting, events, living, this.counts);
	}

	/** Writes what was counted. */
	flush(): void {
		this.counts.flush();
	}
}
