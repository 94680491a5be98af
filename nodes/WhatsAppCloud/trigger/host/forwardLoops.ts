import type { Account } from '../../graph/account';
import { forwardWebhook } from '../../graph/http/forwardWebhook';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { hostOf } from '../../values/webAddress';
import { counterNames } from '../counters/counterNames';
import { decodeText } from '../deliveries/content';
import { ForwardLoop } from '../dispatch/forwardLoop';
import { listenerGroup } from '../listeners/listenerIds';
import { log, type LoggingHost } from '../log';
import { FORWARD_MS } from '../timeouts';
import { SharedLoops } from './sharedLoops';
import { countersOf } from './triggerProcess';

export const forwardLoops = new SharedLoops();

/**
 * Hands webhooks to addresses outside, also those that an earlier version of the panel named.
 *
 * @returns how to leave it
 */
export function joinForwardLoop(
	host: LoggingHost,
	store: Store,
	account: Account,
): () => Promise<void> {
	const group = listenerGroup(account.appSecret);
	return forwardLoops.join(store, group, () => {
		const loop = new ForwardLoop({
			forwards: store.forwards,
			group,
			call: async ({ forwardId, address, body, signature }) =>
				await forwardWebhook({
					address,
					body: Buffer.from(decodeText(body, account), 'latin1'),
					signature,
					deliveryId: forwardId,
					allowsPrivate: account.allowPrivateForwards,
					timeoutMs: FORWARD_MS,
				}),
			count: (what, address, problem, webhooks = 1) => {
				const counts = countersOf(host, store, group);
				counts.add(`${counterNames.forwards}${what}:${hostOf(address)}`, webhooks, problem);
				counts.flush();
			},
			clock: systemClock,
			log: (level, message) => log(host, level, message),
		});
		loop.start();
		return loop;
	});
}
