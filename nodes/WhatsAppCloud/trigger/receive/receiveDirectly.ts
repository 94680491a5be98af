import type { INodeExecutionData } from 'n8n-workflow';

import type { WebhookEvent } from '../../events/webhookEvent';
import type { Account } from '../../graph/account';
import { encodeEvent } from '../deliveries/content';
import { wrap } from '../deliveries/parcel';
import type { ListenerScope } from '../listeners/listenerScope';
import type { FilterName } from '../settings/eventChoice';
import type { TriggerOptions } from '../settings/triggerOptions';
import { choose } from './choose';

/**
 * Starts an execution by the answer to the webhook, without the state: for test runs, and where the
 * state is off.
 *
 * @returns the input of the execution, `null` if nothing was chosen; and how many events each filter
 *   kept out
 */
export function receiveDirectly(
	events: readonly WebhookEvent[],
	options: Pick<TriggerOptions, 'choice' | 'redact' | 'shape'>,
	scope: ListenerScope,
	account: Pick<Account, 'appSecret' | 'hashIdentifiers' | 'keepTexts'>,
	now: number,
): {
	input: INodeExecutionData[][] | null;
	filtered: ReadonlyMap<FilterName, number>;
} {
	const { chosen, filtered } = choose(events, options.choice, scope, now);
	// n8n stores the input for as long as the execution runs: it is encrypted where that of the state is.
	const hashIdentifiers = account.hashIdentifiers || options.redact;
	const keeper = { ...account, hashIdentifiers };
	const isPlaced = options.shape.format === 'builtIn';
	const contents = chosen.map((event) => encodeEvent(event, keeper, isPlaced));
	return { input: contents.length === 0 ? null : wrap({ contents }), filtered };
}
