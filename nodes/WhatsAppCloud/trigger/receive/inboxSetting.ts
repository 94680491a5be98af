import type { Account } from '../../graph/account';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import type { PostWebhook } from '../sharing/forward';
import type { ListenerScope } from '../listeners/listenerScope';
import type { RefusalCounters } from '../counters/refusalCounters';

/** What handling a request needs: its trigger, and access to the store and the other triggers. */
export interface InboxSetting {
	/** `null` if the state is switched off; then nothing is remembered, shared or counted. */
	store: Store | null;
	account: Account;
	/** The group in which the app's triggers find each other. */
	group: string;
	listenerId: string;
	scope: ListenerScope;
	/** Address of the trigger; `null` if the host provides none. */
	ownUrl: string | null;
	post: PostWebhook;
	refusals: RefusalCounters;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'debug' | 'warn' | 'error', message: string) => void;
}
