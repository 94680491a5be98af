import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { credentialName } from '../actions/run';
import { toNodeError } from '../actions/problems';
import { CredentialProblem, parseAccount } from '../graph/account';
import { createGraphClient } from '../graph/client';
import { templateValue } from '../messages/template/name';

/** Templates in one answer of Meta. */
const pageSize = 200;

/** Matches that are worth showing before the next page of Meta is asked for. */
const enoughResults = 50;

/** Meta allows 200 look-ups an hour; a search that finds nothing must not use them up. */
const maxPages = 5;

interface TemplateList {
	data?: Array<{ name: string; language: string; category?: string }>;
	paging?: { cursors?: { after?: string }; next?: string };
}

/**
 * The account's approved templates for the editor's list, narrowed by what the user types.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		if (account.businessAccountId === '') {
			throw new CredentialProblem('In the credential, WhatsApp Business Account ID is empty');
		}
		const graph = createGraphClient(account);
		const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
		const results: INodeListSearchResult['results'] = [];
		let after = paginationToken;
		for (let page = 0; page < maxPages; page++) {
			const { body } = await graph.call<TemplateList>({
				method: 'GET',
				path: `/${account.businessAccountId}/message_templates`,
				query: { fields: 'name,language,category', status: 'APPROVED', limit: pageSize, after },
			});
			results.push(...(body.data ?? []).map(listEntry).filter((entry) => matches(entry, words)));
			after = body.paging?.next === undefined ? undefined : body.paging.cursors?.after;
			if (after === undefined || results.length >= enoughResults) break;
		}
		return { results, ...(after === undefined ? {} : { paginationToken: after }) };
	} catch (error) {
		throw toNodeError(this, error, 0);
	}
}

interface ListEntry {
	name: string;
	value: string;
}

/** `order_confirmation (en_US, Utility)` */
function listEntry({
	name,
	language,
	category = '',
}: NonNullable<TemplateList['data']>[number]): ListEntry {
	const kind = category.charAt(0) + category.slice(1).toLowerCase();
	return {
		name: `${name} (${[language, kind].filter(Boolean).join(', ')})`,
		value: templateValue(name, language),
	};
}

function matches({ name }: ListEntry, words: string[]): boolean {
	const text = name.toLowerCase();
	return words.every((word) => text.includes(word));
}
