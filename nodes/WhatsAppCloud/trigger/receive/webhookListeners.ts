import type { Account } from '../../graph/account';
import type { Store } from '../../store/store';
import { isLiving, readListeners, type KnownListener } from '../listeners/knownListeners';
import { followSecret } from '../registration/followSecret';

/** The triggers of an app that a webhook may concern. */
export interface WebhookListeners {
	/** Published triggers, which get what they choose. */
	published: readonly KnownListener[];
	/** Test runs of the editor that listen now, at an address of their own. */
	testRuns: readonly KnownListener[];
	/** Published triggers of the app secret of before: they get nothing, and Meta does not repeat it. */
	missing: readonly KnownListener[];
}

/**
 * Finds the triggers of an app. If the state does not list the called one, the app secret may have
 * changed: then it moves to the group of the new secret, with those that share its credential.
 *
 * @param ownId the trigger that was called; a published one counts even if it is not listed
 * @param setting.describeOwn reads its panel as it is now, for when it is not listed
 * @throws StateProblem
 */
export async function findListeners(
	ownId: string,
	{
		store,
		account,
		group,
		formerAppSecret,
		describeOwn,
		now,
	}: {
		store: Pick<Store, 'listeners' | 'registrationRecords'>;
		account: Account;
		/** The group in which the app's triggers find each other. */
		group: string;
		/** The app secret of before, if it is known. */
		formerAppSecret: string | null;
		describeOwn: () => KnownListener;
		/** In milliseconds since 1970. */
		now: number;
	},
): Promise<WebhookListeners> {
	const list = async () => readListeners(await store.listeners.list(group, 0));
	const isOwn = ({ listenerId }: KnownListener) => listenerId === ownId;
	let listed = await list();
	let own = listed.find(isOwn);
	let missing: readonly KnownListener[] = [];
	if (own === undefined) {
		const described = describeOwn();
		missing = await followSecret(described, { store, account, formerAppSecret, now });
		listed = await list();
		own = listed.find(isOwn) ?? described;
	}
	const living = listed.filter((each) => isLiving(each, now));
	const published = living.filter(({ isTest }) => !isTest);
	const isIncluded = own.isTest || published.includes(own);
	return {
		published: isIncluded ? published : [...published, own],
		testRuns: living.filter(({ isTest }) => isTest),
		missing,
	};
}
