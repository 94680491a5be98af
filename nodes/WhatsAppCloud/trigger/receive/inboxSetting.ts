import type { Account } from '../../graph/account';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import type { PostWebhook } from '../sharing/forward';
import type { ListenerScope } from '../listeners/listenerScope';
import type { RefusalCounters } from '../counters/refusalCounters';

/** What handling a request needs: its trigger, and the ways to the store and to other triggers. */
export interface InboxSetting {
	/** `null` where the state is switched off: nothing is remembered, shared or counted then. */
	store: Store | null;
	account: Account;
	/** Where the triggers of the app find each other. */
	group: string;
	listenerId: string;
	scope: ListenerScope;
	/** Address of the trigger; `null` where the host gives none. */
	ownUrl: string | null;
	post: PostWebhook;
	refusals: RefusalCounters;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'debug' | 'warn' | 'error', message: string) => void;
}
