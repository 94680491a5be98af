import type { Account } from '../graph/account';
import type { Store } from '../store/store';
import { hearsNumber } from '../trigger/listeners/hearsNumber';
import { readListeners } from '../trigger/listeners/knownListeners';
import { listenerGroup } from '../trigger/listeners/listenerIds';
import { Problem } from '../values/problem';

/** Nobody would hear the answers. */
export class NoTriggerProblem extends Problem {
	override name = 'NoTriggerProblem';

	constructor(phoneNumberId: string) {
		super(
			`No published WhatsApp Cloud Trigger receives the answers to the number ${phoneNumberId}; nothing was sent`,
			'Publish a workflow with a WhatsApp Cloud Trigger whose Events include messages, and whose credential has the same app secret and keeps its state in the same place. Test runs of the editor do not count.',
		);
	}
}

/**
 * Checks that a trigger of this package receives what is written to these numbers.
 *
 * @throws NoTriggerProblem if there is none
 */
export async function requireTrigger(
	{ appSecret, businessAccountId }: Pick<Account, 'appSecret' | 'businessAccountId'>,
	phoneNumberIds: ReadonlySet<string>,
	store: Pick<Store, 'listeners'>,
	now: number,
): Promise<void> {
	const listeners = readListeners(await store.listeners.list(listenerGroup(appSecret), now));
	for (const phoneNumberId of phoneNumberIds) {
		const isHeard = listeners.some((listener) =>
			hearsNumber(listener, { phoneNumberId, businessAccountId }),
		);
		if (!isHeard) throw new NoTriggerProblem(phoneNumberId);
	}
}
