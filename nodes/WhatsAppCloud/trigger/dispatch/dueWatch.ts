import type { InboxStore } from '../../store/inbox/inboxStore';
import type { Clock } from '../../time/clock';
import { DUE_POLL_MS } from '../timeouts';
import { Bell } from './bell';

/**
 * Looks into one state for all loops of this process: other processes write there, too. It looks
 * every now and then, and at once where the state can tell that something has arrived.
 */
export class DueWatch {
	private readonly inbox: Pick<InboxStore, 'due' | 'onReceived'>;
	private readonly clock: Pick<Clock, 'now' | 'sleep'>;
	private readonly wakeUps = new Map<string, () => void>();
	private end: AbortController | null = null;

	constructor(inbox: Pick<InboxStore, 'due' | 'onReceived'>, clock: Pick<Clock, 'now' | 'sleep'>) {
		this.inbox = inbox;
		this.clock = clock;
	}

	/** @returns how to end it */
	add(listenerId: string, wake: () => void): () => void {
		this.wakeUps.set(listenerId, wake);
		if (this.end === null) {
			this.end = new AbortController();
			void this.look(this.end.signal);
		}
		return () => {
			// A trigger that was published again has its own by now.
			if (this.wakeUps.get(listenerId) === wake) this.wakeUps.delete(listenerId);
			if (this.wakeUps.size > 0) return;
			this.end?.abort();
			this.end = null;
		};
	}

	private async look(signal: AbortSignal): Promise<void> {
		const bell = new Bell();
		signal.addEventListener('abort', () => bell.ring(), { once: true });
		const endReceiving = this.inbox.onReceived(() => bell.ring());
		while (!signal.aborted) {
			await bell.wait(this.clock, DUE_POLL_MS);
			const ids = [...this.wakeUps.keys()];
			// What is wrong with the state is reported by the loops, which look for themselves as well.
			const due = await this.inbox.due(ids, this.clock.now()).catch(() => []);
			for (const id of due) this.wakeUps.get(id)?.();
		}
		endReceiving();
	}
}
