import { createHash } from 'node:crypto';

import type { WebhookEvent } from '../../../events/webhookEvent';
import type { Account } from '../../../graph/account';
import type { NewForward } from '../../../store/forwards/forwardStore';
import { encodeText } from '../../deliveries/content';
import type { ListenerScope } from '../../listeners/listenerScope';
import type { TriggerOptions } from '../../settings/triggerOptions';
import { isKey, phoneOf } from '../address';
import type { SignedRequest } from '../callTestRuns';
import { choose } from '../choose';
import type { Naming } from '../naming';

/** A published trigger, as far as forwarding goes. */
interface Forwarding {
	about: ListenerScope;
	options: Pick<TriggerOptions, 'choice' | 'forwards'>;
}

/**
 * Where a webhook goes as well: to each address once, if a trigger names it for one of the events.
 * Replays go nowhere.
 *
 * @param now in milliseconds since 1970
 */
export function forwardsOf(
	events: readonly WebhookEvent[],
	{ body, signature }: SignedRequest,
	{
		listening,
		account,
		group,
		naming,
		now,
	}: {
		listening: readonly Forwarding[];
		account: Account;
		group: string;
		naming: Naming;
		now: number;
	},
): NewForward[] {
	const addresses = new Set<string>();
	for (const { about, options } of listening) {
		for (const { address, events: chosen } of options.forwards) {
			const choice = { ...anyEvent, events: chosen, replayAgeMs: options.choice.replayAgeMs };
			if (choose(events, choice, about, now).chosen.length > 0) addresses.add(address);
		}
	}
	if (addresses.size === 0) return [];
	const text = encodeText(Buffer.from(body).toString('latin1'), account);
	const bodyHash = createHash('sha256').update(body).digest('base64url');
	const people = events.flatMap((event) => peopleOf(event, naming));
	return Array.from(addresses, (address) => ({
		group,
		address,
		body: text,
		bodyHash,
		signature,
		people,
	}));
}

const anyEvent = {
	messageTypes: new Set<string>(),
	statuses: new Set<string>(),
	phoneNumberIds: new Set<string>(),
	senders: new Set<string>(),
	hours: null,
	ignoreEchoes: false,
	maxAgeMs: null,
	skipsTakenOver: false,
};

const peopleOf = (event: WebhookEvent, naming: Naming): NewForward['people'] =>
	[phoneOf(event.contact.waId), event.contact.userId].filter(isKey).map((address) => ({
		accountKey: naming.accountKey(event),
		key: naming.identifierKey(event, address),
	}));
