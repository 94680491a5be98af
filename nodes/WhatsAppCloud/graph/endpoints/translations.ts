import { isObject } from '../../values/unknown';
import { emptyPart, type Account } from '../account';
import type { GraphClient } from '../client';
import { lookUp } from '../keptAnswers';
import { nextCursor } from '../paging';

/** Entries per page; few names have more translations, since Meta supports about 70 languages. */
const pageSize = 100;

/** Meta's filter also matches parts of names; anything beyond these pages is other templates. */
const maxPages = 5;

/**
 * All translations of a template as Meta lists them, whatever their status; kept for a minute.
 *
 * @param name of the template, exactly
 * @param fields of a template to ask for
 * @returns empty if there is no template of this name
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export async function translationsOf(
	account: Account,
	graph: GraphClient,
	name: string,
	fields: string,
): Promise<Record<string, unknown>[]> {
	const { businessAccountId } = account;
	if (businessAccountId === '') {
		throw emptyPart('WhatsApp Business Account ID', ', so that templates cannot be looked up');
	}
	const found: Record<string, unknown>[] = [];
	let after: string | undefined;
	for (let page = 0; page < maxPages; page++) {
		const body = await lookUp<{ data?: unknown[] }>(account, graph, {
			node: businessAccountId,
			edge: 'message_templates',
			query: { fields, name, limit: pageSize, after },
			permission: 'whatsapp_business_management',
		});
		found.push(...(body.data ?? []).filter(isObject).filter((entry) => entry['name'] === name));
		after = nextCursor(body, after);
		if (after === undefined) break;
	}
	return found;
}

/**
 * Asks Meta for the category of a template, which is the same in all its languages.
 *
 * @returns `MARKETING`, `UTILITY` or `AUTHENTICATION`; null if there is no such template
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 */
export async function categoryOfTemplate(
	account: Account,
	graph: GraphClient,
	name: string,
): Promise<string | null> {
	const [template] = await translationsOf(account, graph, name, 'name,category');
	const category = template?.['category'];
	return typeof category === 'string' ? category : null;
}
