import type { PostgresConfig } from './config';
import { openStore } from './open';
import type { Store } from './store';

/** What a credential says about the state. */
interface StateChoice {
	stateStore: 'sqlite' | 'postgres' | 'off';
	postgres: Omit<PostgresConfig, 'engine'>;
}

/**
 * Opens an account's store, as configured in its credential.
 *
 * @returns null if the state is switched off
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
			// Empty means that a public authority issued the server's certificate.
			const ca = caCertificate ? { caCertificate } : {};
			return await openStore({ engine: 'postgres', ...access, ...ca });
		}
	}
}
