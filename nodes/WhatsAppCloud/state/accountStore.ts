import { createHash } from 'node:crypto';
import { accountKeyOf, type Account } from '../graph/account';
import { openStore } from './open';
import type { Store } from './store';

/**
 * The store of an account, as its credential says.
 *
 * @returns null where the state is switched off
 * @throws StateProblem when the database cannot be used
 */
export async function openAccountStore(account: Account): Promise<Store | null> {
	switch (account.stateStore) {
		case 'off':
			return null;
		case 'sqlite':
			return await openStore({ engine: 'sqlite' });
		case 'postgres': {
			const { caCertificate, ...access } = account.postgres;
			const ca = caCertificate === '' ? {} : { caCertificate };
			return await openStore({ engine: 'postgres', ...access, ...ca });
		}
	}
}

/** A recipient or contact in the form in which the account keeps it. */
export function identifierKey(account: Account, identifier: string): string {
	if (!account.hashIdentifiers) return identifier;
	const salted = `${accountKeyOf(account)}:${identifier}`;
	return `sha256:${createHash('sha256').update(salted).digest('hex').slice(0, 40)}`;
}
