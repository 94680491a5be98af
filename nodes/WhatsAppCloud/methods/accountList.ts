import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { credentialName } from '../actions/run';
import { toNodeError } from '../actions/problems';
import { CredentialProblem, parseAccount } from '../graph/account';
import { createGraphClient } from '../graph/client';

/** One entry of an edge, with the fields that were asked for. */
interface ListEntry {
	id: string;
	name?: string;
	status?: string;
	display_phone_number?: string;
	verified_name?: string;
}

interface ListPage {
	data?: ListEntry[];
	paging?: { cursors?: { after?: string }; next?: string };
}

/**
 * Makes the function that lists something of the account in the editor, narrowed by what the user
 * types.
 */
export function listSearch(definition: {
	/** Edge of the WhatsApp Business Account: `flows`. */
	edge: string;
	fields: string;
	/** What the user sees; the ID is what is stored. */
	label(entry: ListEntry): string;
}) {
	return async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		try {
			const account = parseAccount(await this.getCredentials(credentialName));
			if (account.businessAccountId === '') {
				throw new CredentialProblem('In the credential, WhatsApp Business Account ID is empty');
			}
			const { body } = await createGraphClient(account).call<ListPage>({
				method: 'GET',
				path: `/${account.businessAccountId}/${definition.edge}`,
				query: { fields: definition.fields, limit: 100, after: paginationToken },
			});
			const wanted = filter.toLowerCase();
			const results = (body.data ?? [])
				.map((entry) => ({ name: definition.label(entry), value: entry.id }))
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
			const after = body.paging?.next === undefined ? undefined : body.paging.cursors?.after;
			return { results, ...(after === undefined ? {} : { paginationToken: after }) };
		} catch (error) {
			throw toNodeError(this, error, 0);
		}
	};
}
