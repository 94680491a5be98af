import type { RunNodeResult } from '../../../../scripts/engine/result';
import { runNode, type Simulator } from '../../harness';
import { credentials, tokens } from '../account';

/** Runs operations of one resource with the account's credential. */
export const operationsOf =
	(simulator: Simulator, resource: string, account: Record<string, unknown> = {}) =>
	async (
		operation: string,
		parameters: Record<string, unknown> = {},
		items: object[] = [{}],
	): Promise<RunNodeResult> =>
		await runNode({
			node: 'whatsAppCloud',
			parameters: { resource, operation, ...parameters },
			credentials: credentials(simulator.url, { stateStore: 'off', ...account }),
			items,
		});

/** A resource locator as the panel stores it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Takes permissions from the account's token. */
export const withScopes = async (simulator: Simulator, scopes: readonly string[]) =>
	await simulator.admin('PATCH', '/account', { tokens: { [tokens.active]: { scopes } } });
