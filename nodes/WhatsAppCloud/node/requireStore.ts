import { CredentialProblem } from '../graph/account';
import { openAccountStore } from '../store/accountStore';
import type { Store } from '../store/store';
import type { Run } from './run';

/**
 * The account's store, for an operation that cannot work without it.
 *
 * @throws CredentialProblem if the state is switched off
 * @throws StateProblem if the database cannot be used
 */
export async function requireStore({ account }: Pick<Run, 'account'>): Promise<Store> {
	const store = await openAccountStore(account);
	if (store !== null) return store;
	throw new CredentialProblem(
		'In the credential, Keep State In is set to Nowhere, and this operation works with the state',
		'Switch on Advanced Settings in the credential, and choose File on This Machine or PostgreSQL under Keep State In.',
	);
}
