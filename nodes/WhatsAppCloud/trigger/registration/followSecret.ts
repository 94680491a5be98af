import type { Account } from '../../graph/account';
import type { Store } from '../../store/store';
import { encodeText, decodeText } from '../deliveries/content';
import { readListeners, type KnownListener } from '../listeners/knownListeners';
import { listenerGroup } from '../listeners/listenerIds';
import { forgetRecord, keepRecord, readRecords } from './registrationRecords';

/**
 * Brings a trigger to the group of its app's new secret, with all that have the same credential and
 * so know the new secret, too. What they have registered at Meta comes along.
 *
 * @param own the trigger, as it would be published now
 * @param formerAppSecret the secret of before, if it is known: under it, parameters may be encrypted
 * @returns the published triggers that shared with it before and stay behind: those with another
 *   credential, and those whose parameters cannot be read
 * @throws StateProblem
 */
export async function followSecret(
	own: KnownListener,
	{
		store,
		account,
		formerAppSecret,
		now,
	}: {
		store: Pick<Store, 'listeners' | 'registrationRecords'>;
		account: Account;
		formerAppSecret: string | null;
		now: number;
	},
): Promise<KnownListener[]> {
	const group = listenerGroup(account.appSecret);
	const [listed] = await store.listeners.find([own.listenerId]);
	if (listed === undefined || listed.accountKey === group) return [];
	const known = readListeners(await store.listeners.list(listed.accountKey, 0));
	const moving = known.flatMap((each) => {
		if (each.listenerId === own.listenerId) return [{ ...each, details: own.details }];
		const details = detailsFor(each, own, account, formerAppSecret);
		return details === null ? [] : [{ ...each, details }];
	});
	await store.listeners.move(moving, group, now);
	const addresses = new Set(moving.map(({ address }) => address));
	for (const record of await readRecords(store.registrationRecords, listed.accountKey)) {
		if (!addresses.has(record.url)) continue;
		await keepRecord(store.registrationRecords, group, record, now);
		await forgetRecord(store.registrationRecords, listed.accountKey, record, now);
	}
	const moved = new Set(moving.map(({ listenerId }) => listenerId));
	return known.filter(
		({ listenerId, isTest, leaseUntil }) =>
			!moved.has(listenerId) && !isTest && leaseUntil === null,
	);
}

/** A trigger's details as the new secret encrypts them; `null` if it stays behind. */
function detailsFor(
	{ about }: KnownListener,
	own: KnownListener,
	account: Account,
	formerAppSecret: string | null,
): string | null {
	const { credentialId, parameters } = about;
	if (!credentialId || credentialId !== own.about.credentialId) return null;
	if (parameters === undefined) return JSON.stringify(about);
	for (const appSecret of [account.appSecret, formerAppSecret]) {
		if (appSecret === null) continue;
		try {
			const text = decodeText(parameters, { appSecret });
			return JSON.stringify({ ...about, parameters: encodeText(text, account) });
		} catch {
			// The other one may fit.
		}
	}
	return null;
}
