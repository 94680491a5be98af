import type { PostgresConfig } from './config';
import { openStore } from './open';
import type { Store } from './store';

/** What a credential says of the state. */
interface StateChoice {
	stateStore: 'sqlite' | 'postgres' | 'off';
	postgres: Omit<PostgresConfig, 'engine'>;
}

/**
 * The store of an account, as its credential says.
 *
 * @returns null where the state is switched off
 * @throws StateProblem when the database cannot be used
 */
export async function openAccountStore(account: StateChoice): Promise<Store | null> {
	switch (account.stateStore) {
		case 'off':
			return null;
		case 'sqlite':
			return await openStore({ engine: 'sqlite' });
		case 'postgres': {
			const { caCertificate, ...access } = account.postgres;
			// An empty one says that the server's authority is a public one.
			const ca = caCertificate ? { caCertificate } : {};
			return await openStore({ engine: 'postgres', ...access, ...ca });
		}
	}
}
