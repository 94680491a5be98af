import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { credentialName } from '../actions/execute';
import { toNodeError } from '../actions/problems';
import { CredentialProblem, parseAccount } from '../graph/account';
import { createGraphClient } from '../graph/client';

interface PhoneNumberList {
	data?: Array<{ id: string; display_phone_number?: string; verified_name?: string }>;
	paging?: { cursors?: { after?: string }; next?: string };
}

/** The account's numbers for the editor's list, narrowed by what the user types. */
export async function searchPhoneNumbers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		if (account.businessAccountId === '') {
			throw new CredentialProblem('In the credential, WhatsApp Business Account ID is empty');
		}
		const { body } = await createGraphClient(account).call<PhoneNumberList>({
			method: 'GET',
			path: `/${account.businessAccountId}/phone_numbers`,
			query: {
				fields: 'id,display_phone_number,verified_name',
				limit: 100,
				after: paginationToken,
			},
		});
		const wanted = (filter ?? '').toLowerCase();
		const results = (body.data ?? [])
			.map(({ id, display_phone_number: number = id, verified_name: name }) => ({
				name: name === undefined ? number : `${name} (${number})`,
				value: id,
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
		const after = body.paging?.next === undefined ? undefined : body.paging.cursors?.after;
		return { results, ...(after === undefined ? {} : { paginationToken: after }) };
	} catch (error) {
		throw toNodeError(this, error, 0);
	}
}
