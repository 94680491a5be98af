import { hasClockJumped } from '../../contacts/clockJump';
import { accountKeyOf } from '../../graph/identifiers';
import type { Run } from '../../node/run';
import { createListening } from '../../node/sending/listening';
import type { Contact } from '../../store/contacts/contactStore';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import type { KnownContact } from './contactItem';

type Facts = Pick<KnownContact, 'contact' | 'facts'>;

/** Completes what is known of people: when they were last written to, and who listens. */
export function createContactReader(
	{ account }: Pick<Run, 'account'>,
	store: Store,
	phoneNumberId: string,
): (people: readonly Facts[]) => Promise<KnownContact[]> {
	const listening = createListening(account);
	const lastSentTo = async (contact: Contact): Promise<number | null> => {
		const [last] = await store.outbox.sentTo({
			accountKey: accountKeyOf(account),
			contactKeys: contact.keys,
			since: 0,
			category: null,
		});
		return last?.at ?? null;
	};
	return async (people) => {
		const listeningSince = await listening(store, phoneNumberId);
		const hasJumped = await hasClockJumped(store, systemClock);
		return await Promise.all(
			people.map(async ({ contact, facts }) => ({
				contact,
				facts,
				phoneNumberId,
				listeningSince,
				hasJumped,
				lastOutboundAt: await lastSentTo(facts),
			})),
		);
	};
}
