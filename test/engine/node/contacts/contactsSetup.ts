import type { RunNodeResult } from '../../../../scripts/engine/result';
import { postgresFields } from '../../../postgres';
import { usedDatabase } from '../../../usedDatabase';
import { credentials, onlyJson } from '../account';
import { keepState } from '../keptState';

export const stateStores = ['sqlite', 'postgres'] as const;

/** Runs the operations of contacts with either state, for a file's tests; call it at the top. */
export function contactsSetup() {
	const kept = keepState();
	const { engine, simulator } = kept;
	const database = usedDatabase();

	/** @param more values of the credential */
	const operationsIn = (
		stateStore: (typeof stateStores)[number],
		more: Record<string, unknown> = {},
	) => {
		const access = () =>
			credentials(simulator.url, {
				stateStore,
				...more,
				...(stateStore === 'postgres'
					? { ...postgresFields(database().connection), postgresTls: 'off' }
					: {}),
			});
		const contact = async (
			operation: string,
			parameters: Record<string, unknown> = {},
			items: object[] = [{}],
		): Promise<RunNodeResult> =>
			await engine.runNode({
				node: 'whatsAppCloud',
				parameters: { resource: 'contact', operation, ...parameters },
				credentials: access(),
				items,
			});
		const get = async (person: string) => onlyJson(await contact('get', { contact: person }));
		return { access, contact, get };
	};
	return { ...kept, operationsIn };
}
